import type { Role } from '../contract/permission.ts'
import type { Result } from '../contract/result.ts'
import type { KeptFigures } from '../contract/shift-report.ts'
import type { Shift } from '../contract/shift.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'

/** A member of the staff as stored. */
export interface StaffRecord {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly pinHash: string
  /** Wrong PINs in a row. */
  readonly wrongPins: number
  /**
   * How long no PIN is accepted, in milliseconds of running time from the wrong PIN on, and anew from each start of the
   * program; `null` when there is no lockout.
   */
  readonly lockoutMs: number | null
  /** False for a member who left. Their record stays, because redemptions and reports name them. */
  readonly isActive: boolean
}

export interface StaffStore {
  read(): {
    /** Every member in the order they were added, those who left included. */
    readonly records: readonly StaffRecord[]
    /** How many records cannot be read. They are members all the same: a till with any is not one without staff. */
    readonly unreadable: number
  }
  /** Adds the record, or replaces the one with its id. On disk when it returns. */
  save(record: StaffRecord): void
}

/** Milliseconds that the program has been running. Never goes back, whatever is done to the computer's clock. */
export type RunningTime = () => number

/** Slow on purpose, and off the main thread. */
export interface PinHasher {
  hash(pin: string): Promise<string>
  verify(pin: string, hash: string): Promise<boolean>
}

/** Keeps the hash of the owner's recovery code where whoever edits the till's files cannot reach it: in the keychain. */
export interface RecoveryKeeper {
  /** `null` when there is no code. */
  hash(): string | null
  /** Kept, also over restarts, when it succeeds. */
  keep(hash: string | null): Promise<Result<null, { readonly code: 'not-kept' }>>
}

export interface ShiftStore {
  /** The newest shift; `null` before the first. */
  last(): Shift | null
  find(id: number): Shift | null
  /** Newest first; with `beforeId` those before it. */
  list(limit: number, beforeId: number | null): Shift[]
  /** Returns the shift with the id that it was given. */
  add(shift: Omit<Shift, 'id'>): Shift
  save(shift: Shift): void
  /** Saves a shift that has ended, and keeps its figures as they are now. What is recorded from now on is not in it. */
  close(shift: Shift, figures: KeptFigures): void
}

export interface SettingsStore {
  /** The saved settings, unchecked; `null` when none were saved, or they cannot be decrypted. */
  read(): unknown
  write(settings: ShopSettings): void
}
