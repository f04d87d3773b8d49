import type { CounterView, Verdict } from '../contract/counter.ts'
import { familyOf, type Reason } from '../contract/reason.ts'
import type { Clock, Scheduler } from './ports.ts'
import { type Presentation, viewOfPresentation } from './presentation.ts'

/** A verdict is shown as news for this long. */
const newsMs = 15_000
/** Key presses within this time come from one scan: a symbol of several lines, or a second code beside the coupon. */
const burstMs = 1000
/** How many of a customer's earlier coupons are shown. */
const mostOthers = 6

interface StageParts {
  /** Whether the counter's screen is in front: behind another one nobody sees what it says. */
  readonly isInFront: () => boolean
  readonly elapsed: Clock
  readonly scheduler: Scheduler
  readonly onChanged: () => void
}

interface Restored {
  readonly isOfOrder: boolean
  readonly ageMs: number
  /** Other presentations of the same order, oldest first. */
  readonly beside: readonly Presentation[]
}

/** What the counter shows: one presentation, the others of the same order beside it, and the last sound. */
export class Stage {
  readonly #parts: StageParts
  #revision = 0
  #shown: Presentation | null = null
  /** Coupons of the order at hand, oldest first. */
  #order: Presentation[] = []
  /** Coupons of an order that was over when the program was started again, oldest first; until the next order begins. */
  #before: readonly Presentation[] = []
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

  get isInFront(): boolean {
    return this.#parts.isInFront()
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

  /**
   * A code that is no coupon, scanned in one burst with a coupon, is shown beside the coupon's verdict and does not replace
   * it. Returns whether it was.
   */
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

  /** Shows a presentation. `isOfOrder`: it belongs to the order at the counter; one of an earlier order is not news. */
  show(presentation: Presentation, isOfOrder = true): void {
    this.#shown = presentation
    this.#aside = null
    this.#before = []
    this.#cancelAgeing()
    presentation.isAged = !isOfOrder
    if (isOfOrder && isCoupon(presentation) && !this.#order.includes(presentation))
      this.#order.push(presentation)
    if (isOfOrder && presentation.verdict !== null) this.#ageLater()
    this.changed()
  }

  /** Shows a presentation whose code was read once more. */
  showAgain(presentation: Presentation, isOfOrder: boolean): void {
    presentation.reads += 1
    this.show(presentation, isOfOrder)
  }

  /** Removes a presentation from the order, because another one of the same coupon replaces it. */
  drop(presentation: Presentation): void {
    this.#order = this.#order.filter((other) => other !== presentation)
    this.#before = this.#before.filter((other) => other !== presentation)
  }

  /** Shows no coupons of an earlier order any more, because the next one has begun. */
  dropEarlier(): void {
    this.#before = []
  }

  /** Takes up after a restart what was shown before it. `changed` shows it. */
  restore(presentation: Presentation, { isOfOrder, ageMs, beside }: Restored): void {
    this.#shown = presentation
    const others = beside.filter(isCoupon)
    if (isOfOrder) this.#order = isCoupon(presentation) ? [...others, presentation] : others
    else {
      // What was written as told may have been shown to nobody before the program ended.
      this.#before = others
      for (const other of others) other.isAged = true
    }
    presentation.isAged = ageMs < 0 || ageMs >= newsMs
    if (!presentation.isAged) this.#ageLater()
  }

  /** Gives a presentation its verdict. `isNews`: play the sound, and show it as new. */
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

  /** From now on nothing is shown as news: the window lost the focus, or a scan went to another screen. */
  age(): void {
    this.#cancelAgeing()
    if (this.#shown?.verdict == null || this.#shown.isAged) return
    this.#shown.isAged = true
    this.changed()
  }

  /** Clears the counter for the next customer. */
  clear(): void {
    this.#shown = null
    this.#aside = null
    this.#before = []
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
    const others = [...this.#before, ...this.#order].filter((other) => other !== this.#shown)
    return others.toReversed().slice(0, mostOthers)
  }

  #ageLater(): void {
    this.#cancelAgeing()
    this.#cancelAgeing = this.#parts.scheduler.after(newsMs, () => {
      // A coupon that waits for a reply has no verdict yet, so it stays shown as news until it has one.
      if (!isWaiting(this.#shown?.verdict ?? null)) this.age()
    })
  }
}

function isCoupon({ codeTail }: Presentation): boolean {
  return codeTail !== ''
}

/** Whether there is no reply yet, and the customer may be waiting for it. */
function isWaiting(verdict: Verdict | null): boolean {
  return verdict?.instruction === 'not-yet' && familyOf(verdict.reason) !== 'withheld'
}
