import { err, ok, type Result } from '../contract/result.ts'
import type { KeptFigures } from '../contract/shift-report.ts'
import {
  type CloseShift,
  type HandedOn,
  mayAcknowledge,
  type Shift,
  type ShiftFault,
  type ShiftState,
} from '../contract/shift.ts'
import type { StaffView } from '../contract/staff.ts'
import type { Clock } from '../redemption/ports.ts'
import type { ShiftStore } from './ports.ts'
import type { Actor } from './session.ts'

/**
 * The shifts of this till. A shift is opened and closed by a named person. Redemptions that are still undecided at its
 * end are handed to a named successor, and must be acknowledged before the next shift is opened: by them, or by somebody
 * else with a supervisor's approval, because the next shift cannot wait for a person who is not there.
 */
export interface Shifts {
  state(): ShiftState
  list(limit: number, beforeId: number | null): Shift[]
  find(id: number): Shift | null
  open(by: string): Result<Shift, ShiftFault>
  close(by: string, order: CloseShift): Result<Shift, ShiftFault>
  acknowledge(by: Actor): Result<Shift, ShiftFault>
  /** Acknowledges in place of the person named. To be called with a supervisor's permission. */
  takeOver(by: Actor): Result<Shift, ShiftFault>
}

/** How many redemptions are undecided now, and what they cost the shop if they fail, as far as that is known. */
export type Unsettled = Pick<HandedOn, 'count' | 'fen' | 'unknown'>

interface ShiftParts {
  readonly store: ShiftStore
  readonly clock: Clock
  readonly staff: () => readonly StaffView[]
  readonly unsettled: () => Unsettled
  /** Counts what was recorded in a shift, up to now. */
  readonly figures: (shift: Shift) => KeptFigures
  /** Called before a shift is closed, with the name of who closes it: what is released then is not handed on. */
  readonly onClosing: (by: string) => void
  readonly onChanged: () => void
}

export function createShifts(parts: ShiftParts): Shifts {
  const { store, clock, unsettled, onChanged } = parts

  function current(): Shift | null {
    const last = store.last()
    return last && last.closedAt === null ? last : null
  }

  /** The last shift, where it handed on something that nobody has acknowledged. */
  function toAcknowledge(): Shift | null {
    const last = store.last()
    const isWaiting =
      last?.handedOn && last.handedOn.count > 0 && last.handedOn.acknowledgedAt === null
    return last && isWaiting ? last : null
  }

  /** `may`: whether the person may take charge of what was handed to this name. */
  function takeCharge(
    by: Actor,
    may: (successor: string | null) => boolean,
  ): Result<Shift, ShiftFault> {
    const shift = toAcknowledge()
    if (!shift?.handedOn) return err({ code: 'none-open' })
    if (!may(shift.handedOn.to)) return err({ code: 'not-the-successor' })
    const handedOn = { ...shift.handedOn, acknowledgedBy: by.name, acknowledgedAt: clock() }
    const taken = { ...shift, handedOn }
    store.save(taken)
    onChanged()
    return ok(taken)
  }

  return {
    state: () => ({ current: current(), toAcknowledge: toAcknowledge() }),
    find: (id) => store.find(id),
    list: (limit, beforeId) => store.list(limit, beforeId),
    open(by) {
      if (current()) return err({ code: 'already-open' })
      if (toAcknowledge()) return err({ code: 'acknowledge-first' })
      const shift = store.add({
        openedBy: by,
        openedAt: clock(),
        closedBy: null,
        closedAt: null,
        note: '',
        handedOn: null,
      })
      onChanged()
      return ok(shift)
    },
    close(by, { handTo, note }) {
      const shift = current()
      if (!shift) return err({ code: 'none-open' })
      if (unsettled().count > 0 && handTo === null) return err({ code: 'name-successor' })
      parts.onClosing(by)
      const handedOn = { ...unsettled(), to: handTo, acknowledgedBy: null, acknowledgedAt: null }
      // A clock that was set back must not end a shift before it began.
      const closedAt = Math.max(clock(), shift.openedAt)
      const closed = { ...shift, closedBy: by, closedAt, note, handedOn }
      store.close(closed, parts.figures(shift))
      onChanged()
      return ok(closed)
    },
    acknowledge: (by) =>
      takeCharge(by, (successor) => mayAcknowledge(by.person, successor, parts.staff())),
    takeOver: (by) => takeCharge(by, () => true),
  }
}
