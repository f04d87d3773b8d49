import type { Role } from '../contract/permission.ts'
import type { Shift } from '../contract/shift.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'

export interface StaffRecord {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly pinHash: string
  /** Since the last right one. */
  readonly wrongPins: number
  /** Epoch milliseconds; `null` when PINs are tried. */
  readonly lockedUntil: number | null
  /** A member who left is kept: redemptions and reports name him. */
  readonly isActive: boolean
}

export interface StaffStore {
  /** Those who left included, in the order they came. */
  all(): StaffRecord[]
  /** Durable when it returns. */
  save(record: StaffRecord): void
}

/** Hashing is slow on purpose, and off the main thread. */
export interface PinHasher {
  hash(pin: string): Promise<string>
  verify(pin: string, hash: string): Promise<boolean>
}

export interface ShiftStore {
  /** The newest. */
  last(): Shift | undefined
  /** Newest first, those before `beforeId`. */
  find(id: number): Shift | undefined
  list(limit: number, beforeId: number | null): Shift[]
  add(shift: Omit<Shift, 'id'>): Shift
  save(shift: Shift): void
}

export interface SettingsStore {
  /** `undefined` when nothing was kept yet; throws on what somebody else wrote. */
  read(): unknown
  write(settings: ShopSettings): void
}
