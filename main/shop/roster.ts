import { err, ok, type Result } from '../contract/result.ts'
import type {
  PinChangeFault,
  PinFault,
  StaffFault,
  StaffForm,
  StaffView,
} from '../contract/staff.ts'
import { lockoutAfter, triesAllowed } from './lockout.ts'
import type { PinHasher, RunningTime, StaffRecord, StaffStore } from './ports.ts'

/** The staff of this till and their PINs. */
export interface Roster {
  /** Everybody who can sign in. */
  members(): StaffView[]
  /** Whether there never was any staff, or everybody left. A record that cannot be read is somebody too. */
  isEmpty(): boolean
  /** How many records cannot be read, because something other than the till changed them. */
  unreadable(): number
  /** Returns the member whose PIN this is. Fails on a wrong PIN, and while a lockout after several of them lasts. */
  check(id: string, pin: string): Promise<Result<StaffView, PinFault>>
  /**
   * Adds a member or changes one, whose lockout ends with it. Fails on a name that is taken, a PIN that is easy to
   * guess, or a till without an owner.
   */
  save(form: StaffForm): Promise<Result<StaffView, StaffFault>>
  /** Gives a member another PIN, on the one they have, and leaves everything else of them. */
  changePin(id: string, pin: string, next: string): Promise<Result<null, PinChangeFault>>
  /** Fails when it would leave staff without an owner. */
  remove(id: string): Result<null, StaffFault>
  /** The records are closed after this: whatever still waits for a hash fails with `reopened` and writes nothing. */
  stop(): void
}

interface RosterParts {
  readonly store: StaffStore
  readonly pins: PinHasher
  readonly elapsed: RunningTime
  readonly newId: () => string
}

/**
 * Lockouts are measured in running time, which no change of the PC's clock touches. After a start each begins anew, so
 * that a restart shortens none.
 */
export function createRoster({ store, pins, elapsed, newId }: RosterParts): Roster {
  // What is in memory counts, and not what the file says by now: nobody takes a wrong PIN back by editing that.
  const { records: stored, unreadable } = store.read()
  const records = new Map(stored.map((record) => [record.id, record]))
  const lockedUntil = new Map<string, number>()
  for (const record of records.values()) startLockout(record)
  let isStopped = false

  function startLockout({ id, lockoutMs }: StaffRecord): void {
    if (lockoutMs === null) lockedUntil.delete(id)
    else lockedUntil.set(id, elapsed() + lockoutMs)
  }

  /** Milliseconds until a PIN is accepted again; 0 when there is no lockout. */
  function waitOf(id: string): number {
    return Math.max(0, Math.ceil((lockedUntil.get(id) ?? 0) - elapsed()))
  }

  function saveRecord(record: StaffRecord): StaffView {
    store.save(record)
    records.set(record.id, record)
    startLockout(record)
    return viewOf(record)
  }

  function find(id: string): StaffRecord | null {
    const record = records.get(id)
    return record?.isActive === true ? record : null
  }

  function others(id: string | null): StaffRecord[] {
    return [...records.values()].filter((record) => record.isActive && record.id !== id)
  }

  function hasOwnerBesides(id: string | null): boolean {
    return others(id).some(({ role }) => role === 'owner')
  }

  /** Why the form cannot be saved as the staff is now; `null` when it can. */
  function faultOf({ id, name, role, pin }: StaffForm): StaffFault['code'] | null {
    if (isStopped) return 'reopened'
    const before = id === null ? null : find(id)
    if (id !== null && !before) return 'not-found'
    if (others(id).some((other) => other.name === name)) return 'name-taken'
    if (role !== 'owner' && !hasOwnerBesides(id)) return before ? 'last-owner' : 'first-is-owner'
    return (pin === null ? !before : isTooEasy(pin)) ? 'pin-too-easy' : null
  }

  /** Returns the record of the member whose PIN this is. */
  async function checked(id: string, pin: string): Promise<Result<StaffRecord, PinFault>> {
    const before = find(id)
    if (!before) return err({ code: 'not-found' })
    if (waitOf(id) > 0) return err({ code: 'locked-out', waitMs: waitOf(id) })
    // Counted as wrong before it is checked: pulling the plug during the check must not give a free guess.
    saveRecord(countWrong(before))
    const isRight = await pins.verify(pin, before.pinHash)
    if (isStopped) return err({ code: 'reopened' })
    // The member may have left or been given another PIN while this one was hashed.
    const record = find(id)
    if (!record) return err({ code: 'not-found' })
    if (isRight && record.pinHash === before.pinHash) {
      const right = { ...record, wrongPins: 0, lockoutMs: null }
      saveRecord(right)
      return ok(right)
    }
    if (waitOf(id) > 0) return err({ code: 'locked-out', waitMs: waitOf(id) })
    return err({ code: 'wrong-pin', triesLeft: Math.max(0, triesAllowed - record.wrongPins) })
  }

  return {
    members: () => others(null).map(viewOf),
    isEmpty: () => others(null).length + unreadable === 0,
    unreadable: () => unreadable,
    async check(id, pin) {
      const whose = await checked(id, pin)
      return whose.ok ? ok(viewOf(whose.value)) : whose
    },
    async save(form) {
      const early = faultOf(form)
      if (early !== null) return err({ code: early })
      const pinHash = form.pin === null ? null : await pins.hash(form.pin)
      // Asked again, because anything may have happened to the staff while the PIN was hashed.
      const late = faultOf(form)
      if (late !== null) return err({ code: late })
      const before = form.id === null ? null : find(form.id)
      return ok(
        saveRecord({
          id: before?.id ?? newId(),
          name: form.name,
          role: form.role,
          pinHash: pinHash ?? before?.pinHash ?? '',
          wrongPins: 0,
          lockoutMs: null,
          isActive: true,
        }),
      )
    },
    async changePin(id, pin, next) {
      if (isTooEasy(next)) return err({ code: 'pin-too-easy' })
      const before = await checked(id, pin)
      if (!before.ok) return before
      const pinHash = await pins.hash(next)
      const record = find(id)
      if (record === null) return err({ code: 'not-found' })
      // Closed, or given another PIN by an owner, while this one was hashed.
      if (isStopped || record.pinHash !== before.value.pinHash) return err({ code: 'reopened' })
      saveRecord({ ...record, pinHash })
      return ok(null)
    },
    remove(id) {
      const record = find(id)
      if (!record) return err({ code: 'not-found' })
      // The last member of all may be removed: the till then has no staff, as at first.
      const isLast = others(id).length + unreadable === 0
      if (!isLast && !hasOwnerBesides(id)) return err({ code: 'last-owner' })
      saveRecord({ ...record, isActive: false })
      return ok(null)
    },
    stop() {
      isStopped = true
    },
  }
}

function viewOf({ id, name, role }: StaffRecord): StaffView {
  return { id, name, role }
}

/** The record with one more wrong PIN. */
function countWrong(record: StaffRecord): StaffRecord {
  const wrongPins = record.wrongPins + 1
  return { ...record, wrongPins, lockoutMs: lockoutAfter(wrongPins) }
}

/** One digit repeated, or digits that count up or down. */
export function isTooEasy(pin: string): boolean {
  const steps = new Set(
    Array.from(pin)
      .slice(1)
      .map((digit, at) => Number(digit) - Number(pin[at])),
  )
  const [step = 0] = steps
  return steps.size === 1 && Math.abs(step) <= 1
}
