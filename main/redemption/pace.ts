import type { Clock } from './ports.ts'

/** A step of the clock counts as no more than this. */
const longestStepMs = 1000
/** A burst is no more than what this time allows. */
const burstMs = 250

/** Requests a second at most; `Infinity` for no limit. */
export function createPace(
  perSecond: number,
  clock: Clock,
): {
  /** Up to `wanted`, as many as may go now. */
  take(wanted: number): number
  /** Until the next may go. */
  waitMs(): number
} {
  const most = Math.max(1, (perSecond * burstMs) / 1000)
  let tokens = most
  let filledAt = clock()
  function fill(): void {
    const now = clock()
    const passed = Math.min(longestStepMs, Math.max(0, now - filledAt))
    // Nothing times infinity is no number.
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
