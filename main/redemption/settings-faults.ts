import type { Reason } from '../contract/reason.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'

type Answer = Outcome | ReturnOutcome
type Of<K extends Answer['kind']> = Extract<Answer, { kind: K }>

/** An outcome, now that it is known whether the coupon or the settings are at fault; and what holds up every entry, if anything. */
export interface Understood {
  readonly outcome: Answer
  readonly blockedBy: Reason | null
}

/** A probe may come twice. Who got such replies in so many rounds, each ended by another coupon, has them by itself. */
const roundsOfItsOwn = 3

/** Replies that are signed and cannot be verified all have one cause, whatever else is in them. */
const unprovableReplies = 'a signature that cannot be verified'

/** Faults that WeChat Pay checks before it looks at the coupon, so that they are never the fault of one coupon. */
export const ofNoCoupon: ReadonlySet<Reason> = new Set([
  'signature-rejected',
  'certificate-expired',
  'clock-wrong',
])

/** Faults that a wrong merchant id or appid has: what answers so was never redeemed under these settings. */
export const ofIdentity: readonly Reason[] = [
  'appid-not-bound',
  'merchant-unknown',
  'merchant-relation',
  'no-permission',
  'signature-rejected',
  'settings-refused',
]

/**
 * Tells a fault of the settings, which holds up every entry, from a fault of one coupon. A reply alone does not always
 * show which; replies to other coupons do. The same reply to a second coupon with nothing confirmed in between is a fault
 * of the settings: the queue stops and keeps its entries. A fault that comes again after another coupon was confirmed is
 * the coupon's own. (docs/decisions/0017-coupon-or-settings.md)
 */
export class SettingsFaults {
  /** By fault: the coupons that got it since it was last known to be gone, without those whose own fault it is. */
  readonly #suspects = new Map<string, Set<string>>()
  /** By coupon: the faults that are its own, because other coupons did not get them. */
  readonly #own = new Map<string, Set<string>>()
  /** By coupon: after how many unverifiable replies to it another coupon was confirmed. */
  readonly #rounds = new Map<string, number>()
  /** Faults that a message named. WeChat Pay checks these before the coupon, so that any reply about a coupon clears them. */
  readonly #named = new Set<string>()

  /** Returns how to take an outcome. `standing`: what held up every entry until now. */
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
          : { outcome, blockedBy: null }
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
    // The server that refused may have passed the request on first: it stays unsettled until its cap.
    if (mayHaveTakenEffect) return { outcome, blockedBy }
    this.#forget(couponCode)
    const refused = { kind: 'refused', reason: ifCoupon, mayBeOurs: false, evidence } as const
    return { outcome: refused, blockedBy }
  }

  /** A single reply with a wrong signature counts as silence, because WeChat Pay sends such replies as probes; not while the key is known to be wrong. */
  #weighReply(couponCode: string, outcome: Of<'unknown'>, standing: Reason | null): Understood {
    const reason = 'wechatpay-key-wrong'
    const isEverybodys = this.#whose(couponCode, unprovableReplies) === 'everybody'
    if (!isEverybodys && standing !== reason) return { outcome, blockedBy: null }
    const { mayHaveTakenEffect, evidence } = outcome
    const blocked = { kind: 'blocked', reason, mayHaveTakenEffect, evidence } as const
    return { outcome: blocked, blockedBy: reason }
  }

  /** A fault that the message names stops the queue at once, unless it was this coupon's own before. */
  #weighNamed(couponCode: string, outcome: Of<'blocked'>, standing: Reason | null): Understood {
    const { reason, evidence, mayHaveTakenEffect } = outcome
    // Without a reply the fault is in the till and not in a coupon.
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
    // Any other fault is mended, or this reply could not have come.
    return { outcome: alone, blockedBy: standing === reason ? standing : null }
  }

  /** Returns whose fault it is, now that this coupon got it. */
  #whose(couponCode: string, fault: string): 'own' | 'everybody' | 'nobody-knows' {
    const suspects = this.#suspects.get(fault) ?? new Set()
    if (this.#own.get(couponCode)?.has(fault) === true)
      return suspects.size > 0 ? 'everybody' : 'own'
    this.#suspects.set(fault, suspects.add(couponCode))
    return suspects.size > 1 ? 'everybody' : 'nobody-knows'
  }

  /** The faults are gone, because another coupon got through: they were the own faults of the coupons that got them. */
  #clear(faults: readonly string[]): void {
    for (const fault of faults) {
      const codes = [...(this.#suspects.get(fault) ?? [])]
      // A single probe shows nothing about the coupon that it was sent for.
      const proven =
        fault === unprovableReplies ? codes.filter((code) => this.#isRepeated(code)) : codes
      for (const code of proven) this.#own.set(code, (this.#own.get(code) ?? new Set()).add(fault))
      this.#suspects.delete(fault)
      this.#named.delete(fault)
    }
  }

  #isRepeated(couponCode: string): boolean {
    const rounds = (this.#rounds.get(couponCode) ?? 0) + 1
    this.#rounds.set(couponCode, rounds)
    return rounds >= roundsOfItsOwn
  }

  #forget(couponCode: string): void {
    this.#rounds.delete(couponCode)
    for (const codes of this.#suspects.values()) codes.delete(couponCode)
    this.#own.delete(couponCode)
  }
}
