import type { Verdict } from '../contract/counter.ts'
import type { Attempted, Attempter } from './attempt.ts'
import type { Holds } from './holds.ts'
import type { OrderAtHand } from './order-at-hand.ts'
import type { AuditTrail, Change, Clock } from './ports.ts'
import { isGiving, type Presentation } from './presentation.ts'
import { type Redemption, type Tellable, tellableOf } from './redemption.ts'
import { noDetails, type Speaker, type VerdictDetails } from './speaker.ts'
import type { Stage } from './stage.ts'
import { isRecallWord, say, type Telling } from './telling.ts'

interface TellingsParts {
  readonly audit: Pick<AuditTrail, 'note'>
  readonly attempter: Attempter
  readonly holds: Holds
  readonly stage: Stage
  readonly speaker: Speaker
  readonly clock: Clock
  readonly order: Pick<OrderAtHand, 'isAttended' | 'isThere'>
  readonly onFault: (cause: unknown) => void
}

/**
 * Shows verdicts at the presentations that they are for, and writes each in the same transaction as the change that it
 * reports. One presentation at a time holds a redemption: it shows the verdicts about it.
 */
export class Tellings {
  readonly #parts: TellingsParts
  /** The presentation that holds each redemption: the one that recorded it, or the last one of the same coupon. */
  readonly #holders = new Map<string, Presentation>()
  /** Verdicts that were written with the end of an attempt and are not shown yet. */
  readonly #words = new Map<string, Verdict>()

  constructor(parts: TellingsParts) {
    this.#parts = parts
  }

  /** From now on this presentation, and no other, holds the redemption. */
  hold(presentation: Presentation, useRequestNo: string): void {
    const before = this.#holders.get(useRequestNo)
    // The coupon's earlier verdict must not be shown beside the new one.
    if (before !== undefined && before !== presentation) this.#parts.stage.drop(before)
    // A verdict about another number is written again even if it is the same, because a restart looks it up by its number.
    if (presentation.useRequestNo !== useRequestNo) presentation.told = null
    presentation.useRequestNo = useRequestNo
    this.#holders.set(useRequestNo, presentation)
  }

  /** Holds the redemption that the presentation held before a restart, if it held one. */
  holdAgain(presentation: Presentation): void {
    const { useRequestNo, verdict } = presentation
    if (useRequestNo === null || verdict === null) return
    if (verdict.given === null && !isRecallWord(verdict.reason))
      this.hold(presentation, useRequestNo)
  }

  /** A redemption goes on under another number. */
  renewed(from: string, to: string): void {
    const presentation = this.#holders.get(from)
    if (presentation === undefined) return
    this.#holders.delete(from)
    this.hold(presentation, to)
  }

  /** Returns the presentation that holds a redemption; `null` for none. */
  holderOf(useRequestNo: string): Presentation | null {
    return this.#holders.get(useRequestNo) ?? null
  }

  /** Says what became of a redemption, where a presentation holds it. */
  sayAnew(redemption: Redemption): void {
    const holder = this.holderOf(redemption.useRequestNo)
    if (holder) this.speak(holder, redemption)
  }

  /** Returns the redemption that a presentation holds; `null` for none. */
  redemptionOf(presentation: Presentation): Redemption | null {
    const { useRequestNo } = presentation
    const isHolder = useRequestNo !== null && this.#holders.get(useRequestNo) === presentation
    return isHolder ? this.#current(useRequestNo) : null
  }

  /** Returns a redemption as it is now. Throws when the number is not recorded, which is a bug. */
  #current(useRequestNo: string): Redemption {
    const found = this.#parts.attempter.find(useRequestNo)
    if (!found) throw new Error(`${useRequestNo} is not recorded`)
    return found
  }

  /**
   * Makes `change`, writes the verdict that follows from it and shows it. Returns false when it could not be written.
   */
  speak(
    presentation: Presentation,
    { useRequestNo }: Pick<Redemption, 'useRequestNo'>,
    change: Partial<Tellable> = {},
    ...audits: Change['audits']
  ): boolean {
    const redemption = { ...this.#current(useRequestNo), ...change }
    const word = this.#parts.speaker.speak(presentation, redemption)
    const next = this.#parts.holds.followUp({
      redemption: word.redemption,
      audits: [...audits, ...word.audits],
    })
    const isEnded = next.redemption.state !== redemption.state
    const saved = this.#parts.attempter.tryAmend(
      redemption,
      isEnded ? next.redemption : tellableOf(next.redemption),
      ...next.audits,
    )
    if (saved.ok) this.#say(presentation, word.verdict, saved.value)
    else {
      this.#parts.onFault(saved.error.cause)
      // What was not written does not count for the limits, so the policy is asked again.
      presentation.offline = null
      presentation.told = null
      const reason = redemption.reason ?? 'no-answer-in-time'
      const telling = say('amber', reason, 'not-yet', ['wait'])
      const details = { ...noDetails, isUnrecorded: true }
      const verdict = this.#parts.speaker.verdict(telling, redemption, details)
      this.#say(presentation, verdict, null)
    }
    this.#parts.holds.schedule()
    return saved.ok
  }

  /** Makes heard that something happened that no presentation shows. */
  callAttention(): void {
    this.#parts.stage.hear('attention')
  }

  /** Returns the redemption with the time until which it is held for its customer, if it is. */
  keepHeld(redemption: Redemption): Redemption {
    return this.#parts.speaker.keepHeld(redemption)
  }

  /** Returns the change that an attempt made, with the verdict that is written in the same transaction. */
  beforeWrite(ended: Change): Change {
    const change = this.#parts.holds.followUp(ended)
    const { redemption, audits } = change
    // A pending coupon gets its verdict afterwards, because what the policy honours must be written before it counts.
    if (redemption.state === 'pending') return change
    const presentation = this.#holders.get(redemption.useRequestNo)
    if (presentation === undefined)
      return { redemption: this.#parts.speaker.keepHeld(redemption), audits }
    const word = this.#parts.speaker.speak(presentation, redemption)
    this.#words.set(redemption.useRequestNo, word.verdict)
    return { redemption: word.redemption, audits: [...audits, ...word.audits] }
  }

  /**
   * Shows the verdict after an attempt has ended and its result is written. Returns whether it is shown to nobody, because the
   * coupon's order is no longer at the counter, or the counter's screen not in front.
   */
  afterAttempt({ redemption, isRecorded }: Attempted): boolean {
    const { useRequestNo, state, given, released } = redemption
    const presentation = this.#holders.get(useRequestNo)
    const verdict = this.#words.get(useRequestNo)
    this.#words.delete(useRequestNo)
    const { order } = this.#parts
    const isUnseen = presentation === undefined || !order.isAttended(presentation)
    const isLeft = presentation === undefined || !order.isThere(presentation)
    // What comes of a coupon when it is no longer before the cashier makes a sound: its customer may be waiting aside.
    const isNews = state === 'redeemed' || (state === 'refused' && released === null)
    if (isUnseen && isNews && given === null) this.#parts.stage.hear('attention')
    if (presentation !== undefined && verdict !== undefined)
      this.#say(presentation, { ...verdict, isUnrecorded: !isRecorded }, redemption)
    else if (presentation !== undefined && state === 'pending' && given === null)
      this.speak(presentation, redemption)
    if (isLeft && state !== 'pending' && state !== 'returning') this.#holders.delete(useRequestNo)
    this.#parts.holds.schedule()
    return isUnseen
  }

  /** More is known of a batch now: shows the verdicts of the order again, which may be more exact. */
  stockLearned(): void {
    for (const presentation of this.#parts.stage.ofOrder) {
      const redemption = this.redemptionOf(presentation)
      if (redemption?.state === 'redeemed') this.speak(presentation, redemption)
    }
  }

  /** Shows a verdict that nothing later changes. */
  sayFinal(
    presentation: Presentation,
    telling: Telling,
    redemption: Redemption | null,
    details: VerdictDetails = noDetails,
  ): Verdict {
    const verdict = this.#parts.speaker.verdict(telling, redemption, details)
    const told = this.#parts.speaker.told(presentation, verdict, this.#parts.clock())
    presentation.told = null
    const saved = this.#parts.audit.note(redemption?.useRequestNo ?? '', told)
    if (!saved.ok) this.#parts.onFault(saved.error.cause)
    this.#say(presentation, verdict, null)
    return verdict
  }

  #say(presentation: Presentation, verdict: Verdict, redemption: Redemption | null): void {
    presentation.deductedFen = isGiving(verdict) ? (redemption?.given?.fen ?? 0) : 0
    const before = presentation.verdict
    const isNews = before?.instruction !== verdict.instruction || before.tone !== verdict.tone
    this.#parts.stage.say(presentation, verdict, isNews)
  }

  verdictOf(presentation: Presentation, redemption: Redemption): Verdict {
    if (presentation.verdict !== null) return presentation.verdict
    // The program is ending: nothing more is written, and the row says that an attempt is under way.
    const latest = this.#parts.attempter.latest(redemption)
    return this.#parts.speaker.verdict(say('amber', 'no-answer-in-time', 'not-yet'), latest)
  }

  /** Ends the order: its settled coupons are no longer held by a presentation. */
  endOrder(): void {
    for (const { useRequestNo, verdict } of this.#parts.stage.ofOrder) {
      const state = verdict?.redemption?.state
      if (useRequestNo !== null && state !== 'pending' && state !== 'returning' && verdict !== null)
        this.#holders.delete(useRequestNo)
    }
    this.#parts.stage.endOrder()
  }
}
