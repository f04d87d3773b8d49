import type { RedemptionGateway } from './gateway.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { RedemptionStore } from './ports.ts'

interface KeyTrialParts {
  readonly store: Pick<RedemptionStore, 'stocks'>
  readonly gateway: Pick<RedemptionGateway, 'queryStock'>
  readonly signal: AbortSignal
  readonly onFault: (cause: unknown) => void
}

/**
 * Replies to several coupons could not be verified, and the queue is stopped for a wrong key. A question that spends
 * nothing, what a batch is, shows whether the key verifies anything: then those coupons may be the only ones, and new
 * ones may be sent. It proves too little to end the stop: a redemption that is confirmed does.
 */
export class KeyTrial {
  readonly #parts: KeyTrialParts
  #isSound = false

  constructor(parts: KeyTrialParts) {
    this.#parts = parts
  }

  /** The key that failed for several coupons verified something since. */
  get isSound(): boolean {
    return this.#isSound
  }

  heard(outcome: Outcome | ReturnOutcome): void {
    const isInDoubt = outcome.kind === 'blocked' && outcome.reason === 'wechatpay-key-wrong'
    if (isInDoubt) this.#ask().catch(this.#parts.onFault)
  }

  async #ask(): Promise<void> {
    const { store, gateway, signal } = this.#parts
    const [batch] = store.stocks()
    this.#isSound = false
    if (batch === undefined) return
    const told = await gateway.queryStock(batch.stockId, { signal })
    this.#isSound = told.ok || (told.error.kind === 'answered' && told.error.verified)
  }
}
