import type { CodeWrapping } from '../contract/code-wrapping.ts'
import type { CodeRules } from '../redemption/coupon-code.ts'

/** The rules by which payloads are told apart; the wrapping is asked anew for each, so that a change counts at once. */
export function codeRules(wrapping: () => CodeWrapping): CodeRules {
  return {
    merchantPatterns: [],
    get unwrap() {
      return wrapping()
    },
  }
}
