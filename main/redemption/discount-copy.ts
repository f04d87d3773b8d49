import {
  type CopyDiscount,
  type DiscountCopyView,
  fillCopyPattern,
} from '../contract/copy-discount.ts'
import type { CounterView } from '../contract/counter.ts'
import type { Scheduler } from './ports.ts'

/** The clipboard of this computer. Calls are carried out in their order. */
export interface Clipboard {
  /** Puts a text into it. Resolves to whether it is there then. */
  put(text: string): Promise<boolean>
  /** Empties it if it still holds this text. */
  take(text: string): Promise<void>
}

interface DiscountCopyParts {
  readonly settings: CopyDiscount
  /** What a text begins with in training, so that no POS takes it for a sum; `null` where coupons are real. */
  readonly practice: string | null
  readonly clipboard: Clipboard
  readonly scheduler: Scheduler
  readonly onChanged: () => void
  readonly onFault: (cause: unknown) => void
}

interface Offer {
  readonly presentationNo: string
  readonly text: string
}

/** After this long it is the last customer's, whatever the counter shows. */
const staleMs = 120_000

/**
 * Decides what of the counter is in the clipboard. Only a discount that the cashier is told to give, on a verified reply, with a
 * sum that the till knows. It is taken out again as soon as the counter shows anything else, so that no customer gets the
 * discount of the one before.
 */
export class DiscountCopy {
  readonly #parts: DiscountCopyParts
  #offer: Offer | null
  /** What of ours may be in the clipboard. */
  #held: string | null
  #isCopied = false
  #cancelStale: () => void = () => undefined

  /** `counter`: as it is now. What it shows may have been copied before the program ended. */
  constructor(parts: DiscountCopyParts, counter: CounterView) {
    this.#parts = parts
    this.#offer = this.#offerOf(counter)
    this.#held = this.#offer?.text ?? null
    this.#staleLater()
  }

  view(): DiscountCopyView | null {
    return this.#offer && { text: this.#offer.text, isCopied: this.#isCopied }
  }

  /** The counter has changed. */
  counterIs(counter: CounterView): void {
    const next = this.#offerOf(counter)
    const before = this.#offer
    if (next?.presentationNo === before?.presentationNo && next?.text === before?.text) return
    void this.#takeBack()
    this.#offer = next
    const isNews = counter.shown?.isAged === false
    if (next !== null && isNews && this.#parts.settings.when === 'always') this.copy()
    this.#parts.onChanged()
  }

  /** Puts what the counter shows into the clipboard, if it is a discount. */
  copy(): void {
    const offer = this.#offer
    if (offer === null) return
    this.#held = offer.text
    this.#staleLater()
    this.#parts.clipboard
      .put(offer.text)
      .then((isThere) => this.#copied(offer, isThere))
      .catch((cause: unknown) => {
        this.#copied(offer, false)
        this.#parts.onFault(cause)
      })
  }

  /** The till is closed, or opened anew. */
  async stop(): Promise<void> {
    this.#offer = null
    await this.#takeBack()
  }

  #copied(offer: Offer, isThere: boolean): void {
    if (this.#offer !== offer || this.#held === null) return
    this.#isCopied = isThere
    this.#parts.onChanged()
  }

  #staleLater(): void {
    this.#cancelStale()
    if (this.#held === null) return
    this.#cancelStale = this.#parts.scheduler.after(staleMs, () => {
      void this.#takeBack()
      this.#parts.onChanged()
    })
  }

  async #takeBack(): Promise<void> {
    this.#cancelStale()
    this.#isCopied = false
    const held = this.#held
    this.#held = null
    if (held !== null) await this.#parts.clipboard.take(held).catch(this.#parts.onFault)
  }

  #offerOf({ shown, order }: CounterView): Offer | null {
    const { settings, practice } = this.#parts
    const verdict = shown?.verdict
    if (settings.when === 'never' || shown == null || verdict == null) return null
    // The last verdict stays in sight when the next order begins.
    if (shown.orderNo !== order?.orderNo) return null
    const { tone, instruction, deductFen, payable, redemption } = verdict
    const isGiven = tone === 'green' && instruction === 'give'
    if (!isGiven || deductFen === null || deductFen === 0) return null
    const text = fillCopyPattern(settings.pattern, {
      amount: yuan(deductFen),
      payable: payable && yuan(payable.payFen),
      total: payable && yuan(payable.totalFen),
      code4: shown.codeTail,
      batch: redemption?.stock?.name ?? null,
    })
    if (text === null) return null
    const { presentationNo } = shown
    return { presentationNo, text: practice === null ? text : `${practice} ${text}` }
  }
}

/** As a POS takes it: no sign of the currency, and a point. */
function yuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`
}
