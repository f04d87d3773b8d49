import type { Verdict } from '../../../main/contract/counter.ts'

type Told = Pick<Verdict, 'offline' | 'shortFen' | 'instruction'>

/**
 * Returns the word, under `offline`, for what the shop's own rule for outages says about a verdict; `null` where it adds
 * nothing.
 */
export function offlineLine({ offline, shortFen, instruction }: Told) {
  // What was given already needs no leave any more.
  if (offline === null || instruction === 'already-given') return null
  if (offline.limit === null) return offline.mode
  // The total is known here: the coupon has no value because the total is too low.
  if (offline.limit === 'value-unknown' && shortFen !== null) return 'limit.below-threshold'
  return `limit.${offline.limit}` as const
}
