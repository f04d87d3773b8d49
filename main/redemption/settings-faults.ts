import type { Reason } from '../contract/reason.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'

/**
 * Tells a fault of the settings, which holds up every entry, from one coupon's own. NOAUTH is said of a merchant that may
 * not redeem at all, and perhaps of a single coupon of another merchant (docs/wechat-pay.md, open questions): it counts
 * for the settings when a second coupon gets it too and nothing was confirmed in between.
 * (docs/decisions/0017-one-coupon-without-permission.md)
 */
export class SettingsFaults {
  /** Codes refused for want of permission since anything was last confirmed. */
  readonly #suspects = new Set<string>()
  /** Codes so refused before something else was confirmed: the fault is their own. */
  readonly #strangers = new Set<string>()

  /** What holds up every entry after this outcome; `standing` is what did until now. */
  judge(
    couponCode: string,
    outcome: Outcome | ReturnOutcome,
    standing: Reason | null,
  ): Reason | null {
    if (outcome.kind === 'confirmed') this.#clearSettings()
    if (outcome.kind === 'confirmed' || outcome.kind === 'refused') this.#forget(couponCode)
    if (outcome.kind !== 'blocked') return null
    const { reason } = outcome
    if (reason !== 'no-permission') return reason
    // Whatever else was wrong is mended, or this could not have been said.
    if (this.#strangers.has(couponCode)) return standing === reason ? reason : null
    this.#suspects.add(couponCode)
    return this.#suspects.size > 1 ? reason : null
  }

  /** Others were confirmed after this one was refused for want of permission. */
  isOwnFault(couponCode: string): boolean {
    return this.#strangers.has(couponCode)
  }

  #clearSettings(): void {
    for (const code of this.#suspects) this.#strangers.add(code)
    this.#suspects.clear()
  }

  #forget(couponCode: string): void {
    this.#suspects.delete(couponCode)
    this.#strangers.delete(couponCode)
  }
}
