import type { CounterView, Verdict } from '../contract/counter.ts'
import { familyOf, type Reason } from '../contract/reason.ts'
import type { Clock, Scheduler } from './ports.ts'
import { type Presentation, viewOfPresentation } from './presentation.ts'

/** After this a verdict is no news any more, in milliseconds. */
const newsMs = 15_000
/** Keys that come within this time are one burst: a symbol of several lines, a prefix line, a code behind the coupon. */
const burstMs = 1000
/** Of a customer's earlier coupons the last few are in sight, however many there were. */
const mostOthers = 6

interface StageParts {
  readonly elapsed: Clock
  readonly scheduler: Scheduler
  readonly onChanged: () => void
}

interface Restored {
  readonly isOfOrder: boolean
  readonly ageMs: number
  /** Of the same order, oldest first. */
  readonly beside: readonly Presentation[]
}

/** What is in sight at the counter: one presentation, those of the same order beside it, and the last sound. */
export class Stage {
  readonly #parts: StageParts
  #revision = 0
  #shown: Presentation | null = null
  /** Coupons of the order at hand, oldest first. */
  #order: Presentation[] = []
  #aside: Reason | null = null
  #sound: CounterView['sound'] = { count: 0, name: 'attention' }
  #cancelAgeing: () => void = () => undefined

  constructor(parts: StageParts) {
    this.#parts = parts
  }

  get shown(): Presentation | null {
    return this.#shown
  }

  /** Coupons of the order at hand, oldest first. */
  get ofOrder(): readonly Presentation[] {
    return this.#order
  }

  isInSight(presentation: Presentation): boolean {
    return presentation === this.#shown || this.#others().includes(presentation)
  }

  view(): Pick<CounterView, 'revision' | 'shown' | 'others' | 'aside' | 'sound'> {
    return {
      revision: this.#revision,
      shown: this.#shown && viewOfPresentation(this.#shown),
      others: this.#others().map(viewOfPresentation),
      aside: this.#aside,
      sound: this.#sound,
    }
  }

  /** What is no coupon and came in one burst with a coupon is said beside it, and wipes off nothing. True when it was. */
  takesAside(reason: Reason): boolean {
    const shown = this.#shown
    const age = shown === null ? Infinity : this.#parts.elapsed() - shown.elapsedAt
    const isBeside = shown !== null && isCoupon(shown) && age < burstMs
    if (isBeside) {
      this.#aside = reason
      this.changed()
    }
    return isBeside
  }

  /** `isOfOrder`: of the order at hand, if it is a coupon; what is of an earlier one is no news. */
  show(presentation: Presentation, isOfOrder = true): void {
    this.#shown = presentation
    this.#aside = null
    this.#cancelAgeing()
    presentation.isAged = !isOfOrder
    if (isOfOrder && isCoupon(presentation) && !this.#order.includes(presentation))
      this.#order.push(presentation)
    if (isOfOrder && presentation.verdict !== null) this.#ageLater()
    this.changed()
  }

  /** Another presentation speaks for its coupon now. */
  drop(presentation: Presentation): void {
    this.#order = this.#order.filter((other) => other !== presentation)
  }

  /** After a restart: what was news then is none now. */
  restore(presentation: Presentation, { isOfOrder, ageMs, beside }: Restored): void {
    this.#shown = presentation
    this.#order = beside.filter(isCoupon)
    if (isOfOrder && isCoupon(presentation)) this.#order.push(presentation)
    presentation.isAged = ageMs < 0 || ageMs >= newsMs
    if (!presentation.isAged) this.#ageLater()
    this.changed()
  }

  /** `isNews`: to be heard, and read as new. */
  say(presentation: Presentation, verdict: Verdict, isNews: boolean): void {
    presentation.verdict = verdict
    if (isNews && (presentation === this.#shown || this.#order.includes(presentation))) {
      this.#hear(verdict.instruction)
      if (presentation === this.#shown) {
        presentation.isAged = false
        this.#ageLater()
      }
    }
    this.changed()
  }

  hear(name: CounterView['sound']['name']): void {
    this.#hear(name)
    this.changed()
  }

  #hear(name: CounterView['sound']['name']): void {
    this.#sound = { count: this.#sound.count + 1, name }
  }

  /** The window lost the focus, or a scan went elsewhere: nothing here is to be read as news. */
  age(): void {
    this.#cancelAgeing()
    if (this.#shown?.verdict == null || this.#shown.isAged) return
    this.#shown.isAged = true
    this.changed()
  }

  /** "Next customer": nothing of what was said is for whoever comes now. */
  clear(): void {
    this.#shown = null
    this.#aside = null
    this.#cancelAgeing()
    this.endOrder()
  }

  endOrder(): void {
    this.#order = []
    this.changed()
  }

  stop(): void {
    this.#cancelAgeing()
  }

  changed(): void {
    this.#revision += 1
    this.#parts.onChanged()
  }

  #others(): readonly Presentation[] {
    const others = this.#order.filter((other) => other !== this.#shown)
    return others.toReversed().slice(0, mostOthers)
  }

  #ageLater(): void {
    this.#cancelAgeing()
    this.#cancelAgeing = this.#parts.scheduler.after(newsMs, () => {
      // Who waits for an answer has had no verdict yet: it stays in sight until there is one.
      if (!isWaiting(this.#shown?.verdict ?? null)) this.age()
    })
  }
}

function isCoupon({ codeTail }: Presentation): boolean {
  return codeTail !== ''
}

/** No answer yet, and somebody in front of the till who may wait for it. */
function isWaiting(verdict: Verdict | null): boolean {
  return verdict?.instruction === 'not-yet' && familyOf(verdict.reason) !== 'withheld'
}
