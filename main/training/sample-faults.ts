import type { InjectedFault } from './faults.ts'
import type { Coupon } from './world.ts'

/** How long the first attempt with a slow-network sample takes: longer than the till waits. */
const slowNetworkMs = 15_000
/** For how long after its first attempt the line is dead for a no-network sample. */
const noNetworkMs = 10_000

/** The fault to play on a request about this coupon, if it is a sample with a bad network. Notes its first attempt. */
export function sampleFault(coupon: Coupon, now: number): InjectedFault | null {
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
