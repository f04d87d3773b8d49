import type { Reason } from '../contract/reason.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'

type Answer = Outcome | ReturnOutcome
type Of<K extends Answer['kind']> = Extract<Answer, { kind: K }>

/** An outcome as it is to be taken now, and what holds up every entry from here on. */
export interface Understood {
  readonly outcome: Answer
  readonly blockedBy: Reason | null
}

/** Replies that are signed and cannot be verified all have one cause, whatever else is in them. */
const unprovableReplies = 'a signature that cannot be verified'

/** Looked at before the coupon is: no coupon can be the only one to have them. */
export const ofNoCoupon: ReadonlySet<Reason> = new Set([
  'signature-rejected',
  'certificate-expired',
  'clock-wrong',
])

/**
 * Tells a fault of the settings, which holds up every entry, from one coupon's own. The words of an answer do not always
 * say; other coupons do. The same answer to a second, different coupon with nothing confirmed in between is a fault of
 * the settings: the queue stops, and keeps what it holds. What comes back after another coupon was confirmed is the
 * coupon's own. (docs/decisions/0017-coupon-or-settings.md)
 */
export class SettingsFaults {
  /** By fault: the coupons that got it since it was last known not to be there, those apart whose own it is. */
  readonly #suspects = new Map<string, Set<string>>()
  /** By coupon: the faults that it got while others did not. */
  readonly #own = new Map<string, Set<string>>()
  /** Faults that clear words name: these are looked at before the coupon is, so that any word about a coupon clears them. */
  readonly #named = new Set<string>()

  /** `standing` is what held up every entry until now. */
  understand(couponCode: string, outcome: Answer, standing: Reason | null): Understood {
    switch (outcome.kind) {
      case 'confirmed':
        this.#forget(couponCode)
        this.#clear([...this.#suspects.keys()])
        return { outcome, blockedBy: null }
      case 'refused':
        this.#forget(couponCode)
        this.#clear([...this.#named])
        return { outcome, blockedBy: null }
      case 'suspect':
        return this.#weigh(couponCode, outcome, standing)
      case 'unknown':
        return outcome.reason === 'reply-key-unknown'
          ? this.#weighReply(couponCode, outcome, standing)
          : { outcome, blockedBy: outcome.reached ? null : standing }
      case 'blocked':
        return this.#weighNamed(couponCode, outcome, standing)
    }
  }

  #weigh(couponCode: string, outcome: Of<'suspect'>, standing: Reason | null): Understood {
    const { fault, ifCoupon, ifSettings, mayHaveTakenEffect, evidence } = outcome
    const who = this.#whose(couponCode, fault)
    if (who === 'everybody') {
      const blocked = { kind: 'blocked', reason: ifSettings, mayHaveTakenEffect, evidence } as const
      return { outcome: blocked, blockedBy: ifSettings }
    }
    if (who === 'nobody-knows') return { outcome, blockedBy: null }
    const blockedBy = standing === ifSettings ? standing : null
    // Whoever said it may have passed the request on first: it stays open, and ends at its cap.
    if (mayHaveTakenEffect) return { outcome, blockedBy }
    this.#forget(couponCode)
    const refused = { kind: 'refused', reason: ifCoupon, mayBeOurs: false, evidence } as const
    return { outcome: refused, blockedBy }
  }

  /** One alone is silence: WeChat Pay probes with wrong signatures. While the key is wrong already, none is. */
  #weighReply(couponCode: string, outcome: Of<'unknown'>, standing: Reason | null): Understood {
    const reason = 'wechatpay-key-wrong'
    const isEverybodys = this.#whose(couponCode, unprovableReplies) === 'everybody'
    if (!isEverybodys && standing !== reason) return { outcome, blockedBy: null }
    const { mayHaveTakenEffect, evidence } = outcome
    const blocked = { kind: 'blocked', reason, mayHaveTakenEffect, evidence } as const
    return { outcome: blocked, blockedBy: reason }
  }

  /** What clear words name stops the queue at once, unless they were said of this coupon alone before. */
  #weighNamed(couponCode: string, outcome: Of<'blocked'>, standing: Reason | null): Understood {
    const { reason, evidence, mayHaveTakenEffect } = outcome
    // What the till itself could not do is no coupon's fault.
    if (evidence.httpStatus === null) return { outcome, blockedBy: reason }
    this.#named.add(reason)
    const who = this.#whose(couponCode, reason)
    if (who === 'everybody') return { outcome, blockedBy: reason }
    if (who === 'nobody-knows') {
      const isAlone = !ofNoCoupon.has(reason)
      return { outcome: { ...outcome, isAlone }, blockedBy: reason }
    }
    const alone = {
      kind: 'suspect',
      reason,
      ifCoupon: 'refused-otherwise',
      ifSettings: reason,
      fault: reason,
      reached: true,
      mayHaveTakenEffect,
      evidence,
    } as const
    // Whatever else was wrong is mended, or this could not have been said.
    return { outcome: alone, blockedBy: standing === reason ? standing : null }
  }

  /** Whose fault this is, now that this coupon got it too. */
  #whose(couponCode: string, fault: string): 'own' | 'everybody' | 'nobody-knows' {
    const suspects = this.#suspects.get(fault) ?? new Set()
    if (this.#own.get(couponCode)?.has(fault) === true)
      return suspects.size > 0 ? 'everybody' : 'own'
    this.#suspects.set(fault, suspects.add(couponCode))
    return suspects.size > 1 ? 'everybody' : 'nobody-knows'
  }

  /** These are not there, or another coupon could not have got through: who got them got them alone. */
  #clear(faults: readonly string[]): void {
    for (const fault of faults) {
      // A probe says nothing of the coupon that it was played on.
      const codes = fault === unprovableReplies ? [] : this.#suspects.get(fault)
      for (const code of codes ?? [])
        this.#own.set(code, (this.#own.get(code) ?? new Set()).add(fault))
      this.#suspects.delete(fault)
      this.#named.delete(fault)
    }
  }

  #forget(couponCode: string): void {
    for (const codes of this.#suspects.values()) codes.delete(couponCode)
    this.#own.delete(couponCode)
  }
}
