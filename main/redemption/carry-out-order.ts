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
        /** A request is under way, or may have arrived: only WeChat Pay's reply can end it. */
        | 'may-have-been-sent'
        /** A return must name the batch, and the batch is not known. */
        | 'stock-unknown'
        /** Nothing was given, so there is no loss. */
        | 'nothing-given'
        /** The discount was given, so that it can only be confirmed or booked as a loss. */
        | 'was-given'
        /** No query is possible: the coupon's owner is not known, and its code was not uploaded beforehand. */
        | 'no-query'
        /** WeChat Pay was asked, and no usable reply came now. */
        | 'no-answer'
        /** WeChat Pay replied, and the reply leaves the question open. */
        | 'undecided-there'
        /** The discount was given for it. */
        | 'given-already'
        /** What is honoured and not settled would be more than the shop allows. */
        | 'over-limit'
        /** Another till of the shop has the coupon. */
        | 'at-other-till'
        /** The till's file could not be written. */
        | 'not-saved'
    }
  /** Its state does not allow that. */
  | { readonly code: 'not-now'; readonly state: Redemption['state'] }

export type Done = Result<Redemption, OrderFault>

/** The steps of carrying out a person's order: find the entry, check its state, and write the change with a note. */
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
