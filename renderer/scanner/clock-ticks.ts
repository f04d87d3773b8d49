/** Windows stamps keys in ticks of 15.6 ms, so that the shortest hold may look that long. */
export const tickMs = 15.6

/** Whether all times are multiples of a clock tick, which makes even gaps look doubled. */
export function isTicked(times: readonly number[]): boolean {
  return times.every((time) => Math.abs(time - Math.round(time / tickMs) * tickMs) < 0.7)
}
