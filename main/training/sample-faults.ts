import type { Fault } from './faults.ts'
import type { Coupon } from './world.ts'

/** How long a slow-network sample takes the first time: longer than any cashier waits. */
const slowNetworkMs = 15_000
/** How long a no-network sample's line stays dead, from its first attempt on. */
const noNetworkMs = 10_000

/** The bad network around some sample coupons. Remembers a coupon's first attempt. */
export function sampleFault(coupon: Coupon, now: number): Fault | null {
  if (coupon.trouble === null) return null
  const isFirst = coupon.firstTriedAt === null
  coupon.firstTriedAt ??= now
  const once = { times: 1, match: {} }
  if (coupon.trouble === 'slow-network') {
    return isFirst ? { kind: 'delay-after-effect', ms: slowNetworkMs, ...once } : null
  }
  const isDead = now - coupon.firstTriedAt < noNetworkMs
  return isDead ? { kind: 'reset-before-effect', ...once } : null
}
