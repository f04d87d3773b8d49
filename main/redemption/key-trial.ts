import type { RedemptionGateway } from './gateway.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { OpenRedemptions, Reach, Stocks } from './ports.ts'
import type { Redemption } from './redemption.ts'

interface KeyTrialParts {
  readonly stocks: Pick<Stocks, 'all'>
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
    const { stocks, gateway, signal } = this.#parts
    const [batch] = stocks.all()
    this.#isSound = false
    if (batch === undefined) return
    const told = await gateway.queryStock(batch.stockId, { signal })
    this.#isSound = told.ok || (told.error.kind === 'answered' && told.error.verified)
  }
}

/** Among so many the one that may find out about the key is looked for. */
const trialChoice = 50

/** Who finds out whether the key is mended: what may be redeemed already, for anything else would be spent on it. */
export function findsOutAboutKey(
  open: Pick<OpenRedemptions, 'due'>,
  now: number,
  busy: readonly string[],
  reach: Reach,
): Redemption | null {
  const due = open.due(now, trialChoice, busy, reach)
  return due.find(({ uncertain }) => uncertain) ?? null
}
