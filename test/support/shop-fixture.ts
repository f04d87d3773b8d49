import type { PinHasher, ShiftStore, StaffRecord, StaffStore } from '../../main/shop/ports.ts'
import type { Shift } from '../../main/contract/shift.ts'

/** Keeps staff in memory, in the order in which they were added. */
export function staffInMemory(): StaffStore {
  const records = new Map<string, StaffRecord>()
  return {
    all: () => [...records.values()],
    save: (record) => void records.set(record.id, record),
  }
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
  }
}

/** Replaces the slow hash in all tests but those of the hash. */
export const plainPins: PinHasher = {
  hash: (pin) => Promise.resolve(`hash of ${pin}`),
  verify: (pin, hash) => Promise.resolve(hash === `hash of ${pin}`),
}
