import type { Verdict } from '../contract/counter.ts'
import type { Attempted, Attempter } from './attempt.ts'
import type { Holds } from './holds.ts'
import type { AuditTrail, Change, Clock } from './ports.ts'
import { isGiving, type Presentation } from './presentation.ts'
import { type Redemption, type Tellable, tellableOf } from './redemption.ts'
import type { Speaker } from './speaker.ts'
import type { Stage } from './stage.ts'
import { say, type Telling } from './telling.ts'

interface TellingsParts {
  readonly audit: Pick<AuditTrail, 'note'>
  readonly attempter: Attempter
  readonly holds: Holds
  readonly stage: Stage
  readonly speaker: Speaker
  readonly clock: Clock
  /** Whether the presentation's order, and so its customer, is still at the counter. */
  readonly isAttended: (presentation: Presentation) => boolean
  readonly onFault: (cause: unknown) => void
}

/** Says what is to be said, to whom it concerns, and writes it down: in the transaction of what it rests on. */
export class Tellings {
  readonly #parts: TellingsParts
  /** Who speaks for a redemption: the presentation that recorded it, or the last that took it over. */
  readonly #holders = new Map<string, Presentation>()
  /** Written down with an attempt's end, and not yet said. */
  readonly #words = new Map<string, Verdict>()

  constructor(parts: TellingsParts) {
    this.#parts = parts
  }

  /** From now on this presentation speaks for the redemption, and no other. */
  hold(presentation: Presentation, useRequestNo: string): void {
    const before = this.#holders.get(useRequestNo)
    // What was said of the coupon before is not to be read beside what is said of it now.
    if (before !== undefined && before !== presentation) this.#parts.stage.drop(before)
    // The same words of another number are other words: a restart finds by them whom they were said of.
    if (presentation.useRequestNo !== useRequestNo) presentation.told = null
    presentation.useRequestNo = useRequestNo
    this.#holders.set(useRequestNo, presentation)
  }

  /** The redemption goes on under another number. */
  renewed(from: string, to: string): void {
    const presentation = this.#holders.get(from)
    if (presentation === undefined) return
    this.#holders.delete(from)
    this.hold(presentation, to)
  }

  /** The presentation that speaks for a redemption, if one does. */
  holderOf(useRequestNo: string): Presentation | null {
    return this.#holders.get(useRequestNo) ?? null
  }

  /** The redemption that a presentation speaks for. */
  redemptionOf(presentation: Presentation): Redemption | null {
    const { useRequestNo } = presentation
    const isHolder = useRequestNo !== null && this.#holders.get(useRequestNo) === presentation
    return isHolder ? this.#current(useRequestNo) : null
  }

  /** As it is now. Throws on a number that nobody recorded: that is a bug. */
  #current(useRequestNo: string): Redemption {
    const found = this.#parts.attempter.find(useRequestNo)
    if (!found) throw new Error(`${useRequestNo} is not recorded`)
    return found
  }

  /**
   * Says what there is to say of a redemption as it is now, with `change` made first, and writes down what follows. False
   * when it could not be written.
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
      // What was not written holds nothing back from the limits: it is asked anew.
      presentation.offline = null
      presentation.told = null
      const reason = redemption.reason ?? 'no-answer-in-time'
      const telling = say('amber', reason, 'not-yet', ['wait'])
      const verdict = this.#parts.speaker.verdict(telling, redemption, { isUnrecorded: true })
      this.#say(presentation, verdict, null)
    }
    this.#parts.holds.schedule()
    return saved.ok
  }

  /** What is owed to its customer, whoever changed the redemption. */
  keepHeld(redemption: Redemption): Redemption {
    return this.#parts.speaker.keepHeld(redemption)
  }

  /** What an attempt's end makes of what is said, written in the same transaction. */
  beforeWrite(ended: Change): Change {
    const change = this.#parts.holds.followUp(ended)
    const { redemption, audits } = change
    // What is still open is spoken of afterwards: what the policy honours must be written before it is counted on.
    if (redemption.state === 'pending') return change
    const presentation = this.#holders.get(redemption.useRequestNo)
    if (presentation === undefined)
      return { redemption: this.#parts.speaker.keepHeld(redemption), audits }
    const word = this.#parts.speaker.speak(presentation, redemption)
    this.#words.set(redemption.useRequestNo, word.verdict)
    return { redemption: word.redemption, audits: [...audits, ...word.audits] }
  }

  /** An attempt has ended, whoever asked for it, and is written down. */
  afterAttempt({ redemption, isRecorded }: Attempted): void {
    const { useRequestNo, state, given } = redemption
    const presentation = this.#holders.get(useRequestNo)
    const verdict = this.#words.get(useRequestNo)
    this.#words.delete(useRequestNo)
    const isLeft = presentation === undefined || !this.#parts.isAttended(presentation)
    // What turns by itself, with nobody before it, is heard.
    if (isLeft && state === 'redeemed' && given === null) this.#parts.stage.hear('attention')
    if (presentation !== undefined && verdict !== undefined)
      this.#say(presentation, { ...verdict, isUnrecorded: !isRecorded }, redemption)
    else if (presentation !== undefined && state === 'pending' && given === null)
      this.speak(presentation, redemption)
    if (isLeft && state !== 'pending' && state !== 'returning') this.#holders.delete(useRequestNo)
    this.#parts.holds.schedule()
  }

  /** A batch is better known now: what is said of its coupons may be more exact. */
  stockLearned(): void {
    for (const presentation of this.#parts.stage.ofOrder) {
      const redemption = this.redemptionOf(presentation)
      if (redemption?.state === 'redeemed') this.speak(presentation, redemption)
    }
  }

  /** Said once, and nothing that happens to the redemption changes it. */
  sayFinal(
    presentation: Presentation,
    telling: Telling,
    redemption: Redemption | null,
    more: Parameters<Speaker['verdict']>[2] = {},
  ): Verdict {
    const verdict = this.#parts.speaker.verdict(telling, redemption, more)
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
    // The program is ending: nothing is written any more, and the row says that an attempt is under way.
    const latest = this.#parts.attempter.latest(redemption)
    return this.#parts.speaker.verdict(say('amber', 'no-answer-in-time', 'not-yet'), latest)
  }

  /** The order is over: what is decided of its coupons is nobody's any more. */
  endOrder(): void {
    for (const { useRequestNo, verdict } of this.#parts.stage.ofOrder) {
      const state = verdict?.redemption?.state
      if (useRequestNo !== null && state !== 'pending' && state !== 'returning' && verdict !== null)
        this.#holders.delete(useRequestNo)
    }
    this.#parts.stage.endOrder()
  }
}
