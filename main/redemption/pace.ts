import type { Clock } from './ports.ts'

/** However far the clock is set forward, no more than this counts as time passed. */
const longestStepMs = 1000
/** At most as many requests go at once as the rate allows in this time. */
const burstMs = 250

/** Limits requests to `perSecond` (a token bucket); `Infinity` for no limit. */
export function createPace(
  perSecond: number,
  clock: Clock,
): {
  /** Takes up to `wanted` requests and returns how many may go now. */
  take(wanted: number): number
  /** Milliseconds until the next request may go. */
  waitMs(): number
} {
  const most = Math.max(1, (perSecond * burstMs) / 1000)
  let tokens = most
  let filledAt = clock()
  function fill(): void {
    const now = clock()
    const passed = Math.min(longestStepMs, Math.max(0, now - filledAt))
    // 0 * Infinity would be NaN.
    tokens = passed === 0 ? tokens : Math.min(most, tokens + (passed * perSecond) / 1000)
    filledAt = now
  }
  return {
    take(wanted) {
      fill()
      const taken = Math.min(wanted, Math.floor(tokens))
      if (tokens !== Infinity) tokens -= taken
      return taken
    },
    waitMs() {
      fill()
      return tokens >= 1 ? 1 : Math.max(1, Math.ceil(((1 - tokens) * 1000) / perSecond))
    },
  }
}
