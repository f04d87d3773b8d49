const beijingOffsetMs = 8 * 3_600_000

/**
 * RFC 3339 as the current API document has it: `2026-01-02T15:04:05+08:00`. Built from the instant, not from this
 * computer's zone; without milliseconds, whose spelling the older documents get wrong.
 */
export function beijingTime(epochMs: number): string {
  const shifted = new Date(epochMs + beijingOffsetMs).toISOString()
  return `${shifted.slice(0, 19)}+08:00`
}
