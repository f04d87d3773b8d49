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
 * Tests a key that is in doubt. When replies to several coupons could not be verified, the queue stops for a wrong key. A
 * query of a batch, which spends no coupon, then shows whether the key verifies anything. If it does, new coupons may be
 * sent. Only a confirmed redemption ends the stop.
 */
export class KeyTrial {
  readonly #parts: KeyTrialParts
  #isSound = false

  constructor(parts: KeyTrialParts) {
    this.#parts = parts
  }

  /** Whether the key that is in doubt has verified a reply since. */
  get isSound(): boolean {
    return this.#isSound
  }

  /** Takes note of an outcome, and tests the key when it is in doubt. */
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

/** How many entries are looked through. */
const trialChoice = 50

/**
 * Returns the entry to find out with whether the key is mended: one that may be redeemed already, because any other coupon
 * would be spent for it; `null` if none is due. They take turns: the replies to one may never verify, whatever the key.
 */
export function findsOutAboutKey(
  open: Pick<OpenRedemptions, 'due'>,
  now: number,
  busy: readonly string[],
  reach: Reach,
): Redemption | null {
  const due = open.due(now, trialChoice, busy, reach)
  const [next = null] = due
    .filter(({ uncertain }) => uncertain)
    .toSorted((a, b) => (a.nextAttemptAt ?? 0) - (b.nextAttemptAt ?? 0))
  return next
}
