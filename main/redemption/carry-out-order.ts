import { err, ok, type Result } from '../contract/result.ts'
import type { Attempter } from './attempt.ts'
import type { Note } from './note.ts'
import type { AuditEvent } from './audit-entry.ts'
import type { Clock, Redemptions } from './ports.ts'
import { mayBecome, type Redemption } from './redemption.ts'

/** Why a person's order was not carried out. */
export type OrderFault =
  | {
      readonly code:
        | 'not-found'
        /** A request of it is under way, or may have arrived: only WeChat Pay's answer can end it. */
        | 'may-have-been-sent'
        /** A return names the batch, and this one's is not known. */
        | 'stock-unknown'
        /** A loss is something that was given. */
        | 'nothing-given'
        /** The discount was given: it can only be confirmed, or booked as a loss. */
        | 'was-given'
        /** Nobody can be asked: the coupon's owner is not known, and its code was not stored beforehand. */
        | 'no-query'
        /** WeChat Pay was asked and brought no answer now. */
        | 'no-answer'
        /** WeChat Pay answered, and it decides nothing. */
        | 'undecided-there'
        /** The discount was given for it. */
        | 'given-already'
        /** What is honoured and not decided would be more than the shop allows. */
        | 'over-limit'
        /** The till's file could not be written. */
        | 'not-saved'
    }
  /** Its state does not allow that. */
  | { readonly code: 'not-now'; readonly state: Redemption['state'] }

export type Done = Result<Redemption, OrderFault>

/** How an order is carried out: looked up, allowed by the state that the entry is in, and written with its note. */
export interface OrderSteps {
  readonly change: (
    redemption: Redemption,
    how: Partial<Redemption>,
    event: AuditEvent,
    note: Note,
  ) => Done
  /** The entry, where it is in one of these states and may go to that one. */
  readonly inState: (
    useRequestNo: string,
    to: Redemption['state'],
    states: readonly Redemption['state'][],
  ) => Done
}

interface OrderStepsParts {
  readonly redemptions: Pick<Redemptions, 'find'>
  readonly attempter: Attempter
  readonly clock: Clock
  readonly onChanged: () => void
}

export function createOrderSteps(parts: OrderStepsParts): OrderSteps {
  const { redemptions, attempter, clock } = parts

  function change(
    redemption: Redemption,
    how: Partial<Redemption>,
    event: AuditEvent,
    evidence: Note,
  ): Done {
    const changed = attempter.amend(redemption, how, { at: clock(), event, evidence })
    parts.onChanged()
    return ok(changed)
  }

  function inState(
    useRequestNo: string,
    to: Redemption['state'],
    states: readonly Redemption['state'][],
  ): Done {
    const redemption = redemptions.find(useRequestNo)
    if (!redemption) return err({ code: 'not-found' })
    const isAllowed = states.includes(redemption.state) && mayBecome(redemption.state, to)
    return isAllowed ? ok(redemption) : err({ code: 'not-now', state: redemption.state })
  }

  return { change, inState }
}
