import { err, ok, type Result } from '../contract/result.ts'
import type { PinFault, StaffFault, StaffForm, StaffView } from '../contract/staff.ts'
import type { Clock } from '../redemption/ports.ts'
import type { PinHasher, StaffRecord, StaffStore } from './ports.ts'

/** The staff of this till and their PINs. */
export interface Roster {
  /** Everybody who can sign in. */
  members(): StaffView[]
  /** Returns the member whose PIN this is. Fails on a wrong PIN, and while a lockout after several of them lasts. */
  check(id: string, pin: string): Promise<Result<StaffView, PinFault>>
  /**
   * Adds a member or changes one. Fails on a name that is taken, a PIN that is easy to guess, or a till without an
   * owner.
   */
  save(form: StaffForm): Promise<Result<StaffView, StaffFault>>
  /** Fails when it would leave staff without an owner. */
  remove(id: string): Result<null, StaffFault>
}

interface RosterParts {
  readonly store: StaffStore
  readonly pins: PinHasher
  readonly clock: Clock
  readonly newId: () => string
}

/** After this many wrong PINs in a row comes the first lockout. */
const triesAllowed = 5
const firstLockoutMs = 60_000
const longestLockoutMs = 3_600_000

export function createRoster({ store, pins, clock, newId }: RosterParts): Roster {
  let records = store.all()

  function saveRecord(record: StaffRecord): StaffView {
    store.save(record)
    records = store.all()
    return viewOf(record)
  }

  function find(id: string): StaffRecord | null {
    return records.find((record) => record.isActive && record.id === id) ?? null
  }

  function others(id: string | null): StaffRecord[] {
    return records.filter((record) => record.isActive && record.id !== id)
  }

  function hasOwnerBesides(id: string | null): boolean {
    return others(id).some(({ role }) => role === 'owner')
  }

  return {
    members: () => records.filter(({ isActive }) => isActive).map(viewOf),
    async check(id, pin) {
      const before = find(id)
      if (!before) return err({ code: 'not-found' })
      if (isLockedOut(before, clock()))
        return err({ code: 'locked-out', until: before.lockedUntil })
      // Counted as wrong before it is checked: pulling the plug during the check must not give a free guess.
      const tried = countWrong(before, clock())
      saveRecord(tried)
      if (await pins.verify(pin, before.pinHash))
        return ok(saveRecord({ ...tried, wrongPins: 0, lockedUntil: null }))
      if (tried.lockedUntil !== null) return err({ code: 'locked-out', until: tried.lockedUntil })
      return err({ code: 'wrong-pin', triesLeft: triesAllowed - tried.wrongPins })
    },
    async save({ id, name, role, pin }) {
      const before = id === null ? null : find(id)
      if (id !== null && !before) return err('not-found')
      if (others(id).some((other) => other.name === name)) return err('name-taken')
      if (role !== 'owner' && !hasOwnerBesides(id))
        return err(before ? 'last-owner' : 'first-is-owner')
      if (pin === null ? !before : isTooEasy(pin)) return err('pin-too-easy')
      const pinHash = pin === null ? (before?.pinHash ?? '') : await pins.hash(pin)
      const lockout = { wrongPins: 0, lockedUntil: null }
      return ok(
        saveRecord({
          ...(before ?? { id: newId(), isActive: true }),
          name,
          role,
          pinHash,
          ...lockout,
        }),
      )
    },
    remove(id) {
      const record = find(id)
      if (!record) return err('not-found')
      // The last member of all may be removed: the till then has no staff, as at first.
      if (others(id).length > 0 && !hasOwnerBesides(id)) return err('last-owner')
      saveRecord({ ...record, isActive: false })
      return ok(null)
    },
  }
}

function viewOf({ id, name, role, lockedUntil }: StaffRecord): StaffView {
  return { id, name, role, lockedUntil }
}

function isLockedOut(
  record: StaffRecord,
  now: number,
): record is StaffRecord & { readonly lockedUntil: number } {
  const { lockedUntil } = record
  // A clock that was set back must not lock anybody out for longer than the longest lockout.
  return lockedUntil !== null && now < lockedUntil && lockedUntil - now <= longestLockoutMs
}

/** The record with one more wrong PIN. Each lockout lasts twice as long as the one before, up to the longest. */
function countWrong(record: StaffRecord, now: number): StaffRecord {
  const wrongPins = record.wrongPins + 1
  const beyond = wrongPins - triesAllowed
  const lockoutMs = Math.min(firstLockoutMs * 2 ** beyond, longestLockoutMs)
  return { ...record, wrongPins, lockedUntil: beyond < 0 ? null : now + lockoutMs }
}

/** One digit repeated, or digits that count up or down. */
function isTooEasy(pin: string): boolean {
  const steps = new Set(
    Array.from(pin)
      .slice(1)
      .map((digit, at) => Number(digit) - Number(pin[at])),
  )
  const [step = 0] = steps
  return steps.size === 1 && Math.abs(step) <= 1
}
