import type { Reason } from '../contract/reason.ts'
import type { Verdict } from '../contract/snapshot.ts'
import type { Redemption } from './redemption.ts'

/** The same code within this time is one scan read twice, and gets the same answer again. */
const doubleScanMs = 3000

/** What a code that is already here is answered with; `undefined` when it may be sent under a new number. */
export function recall(
  earlier: Redemption,
  now: number,
): { readonly tone: Verdict['tone']; readonly reason: Reason } | undefined {
  switch (earlier.state) {
    case 'redeemed':
      return isDouble(earlier, now)
        ? { tone: 'green', reason: 'redeemed' }
        : { tone: 'red', reason: 'redeemed-here-before' }
    case 'pending':
    case 'returning':
      return { tone: 'amber', reason: 'waiting-here-already' }
    case 'review':
      return { tone: 'amber', reason: 'in-review-here' }
    case 'resolved':
      if (earlier.reason === 'handed-over') return { tone: 'amber', reason: 'handed-over' }
      // Somebody saw that it was not redeemed: the customer still has it.
      if (earlier.resolution === 'not-redeemed') return undefined
      return { tone: 'red', reason: 'honoured-here-before' }
    case 'refused':
    case 'returned':
    case 'cancelled':
      // Decided, and not redeemed: the coupon may be good by now, under a new number.
      return undefined
  }
}

/** A clock set back since makes the age negative: not within seconds. */
function isDouble({ settledAt }: Redemption, now: number): boolean {
  const age = now - (settledAt ?? 0)
  return age >= 0 && age < doubleScanMs
}
