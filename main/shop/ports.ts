import type { Role } from '../contract/permission.ts'
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
  /** No PIN is accepted before this time, epoch milliseconds; `null` when there is no lockout. */
  readonly lockedUntil: number | null
  /** False for a member who left. Their record stays, because redemptions and reports name them. */
  readonly isActive: boolean
}

export interface StaffStore {
  /** Every member in the order they were added, those who left included. */
  all(): StaffRecord[]
  /** Adds the record, or replaces the one with its id. On disk when it returns. */
  save(record: StaffRecord): void
}

/** Slow on purpose, and off the main thread. */
export interface PinHasher {
  hash(pin: string): Promise<string>
  verify(pin: string, hash: string): Promise<boolean>
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
}

export interface SettingsStore {
  /** The saved settings, unchecked; `null` when none were saved, or they cannot be decrypted. */
  read(): unknown
  write(settings: ShopSettings): void
}
