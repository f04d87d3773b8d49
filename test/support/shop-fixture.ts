import type { KeptFigures } from '../../main/contract/shift-report.ts'
import { err, ok } from '../../main/contract/result.ts'
import type {
  PinHasher,
  RecoveryKeeper,
  ShiftStore,
  StaffRecord,
  StaffStore,
} from '../../main/shop/ports.ts'
import type { Shift } from '../../main/contract/shift.ts'
import { noFigures } from './report-fixture.ts'

/** Keeps staff in memory, in the order in which they were added, beside records that cannot be read. */
export function staffInMemory(unreadable = 0): StaffStore {
  const records = new Map<string, StaffRecord>()
  return {
    read: () => ({ records: [...records.values()], unreadable }),
    save: (record) => void records.set(record.id, record),
  }
}

/** What a till counts in a shift without redemptions. */
export const nothingCounted: KeptFigures = {
  figures: noFigures,
  outside: noFigures,
  booked: null,
}

export function shiftsInMemory(): ShiftStore {
  const shifts: Shift[] = []
  return {
    find: (id) => shifts[id - 1] ?? null,
    last: () => shifts.at(-1) ?? null,
    list: (limit, beforeId) =>
      shifts
        .filter(({ id }) => id < (beforeId ?? Infinity))
        .toReversed()
        .slice(0, limit),
    add(shift) {
      const added = { id: shifts.length + 1, ...shift }
      shifts.push(added)
      return added
    },
    save(shift) {
      shifts[shift.id - 1] = shift
    },
    close(shift) {
      shifts[shift.id - 1] = shift
    },
  }
}

/** Keeps the recovery code's hash in memory; while it `fails` it keeps nothing new. */
export function recoveryInMemory(): RecoveryKeeper & { fails: boolean } {
  let kept: string | null = null
  return {
    fails: false,
    hash: () => kept,
    async keep(hash) {
      if (this.fails) return err({ code: 'not-kept' })
      kept = hash
      return ok(null)
    },
  }
}

/** Replaces the slow hash in all tests but those of the hash. */
export const plainPins: PinHasher = {
  hash: (pin) => Promise.resolve(`hash of ${pin}`),
  verify: (pin, hash) => Promise.resolve(hash === `hash of ${pin}`),
}

/** A hash that takes until `go` is called, so that a test can act while a PIN is hashed. */
export function heldPins(): PinHasher & { go(): void } {
  const held = Promise.withResolvers<null>()
  return {
    go: () => held.resolve(null),
    hash: (pin) => held.promise.then(() => plainPins.hash(pin)),
    verify: (pin, hash) => held.promise.then(() => plainPins.verify(pin, hash)),
  }
}
