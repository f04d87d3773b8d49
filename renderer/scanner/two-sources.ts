import { isTicked } from './clock-ticks.ts'
import type { Press } from './scan-run.ts'
import { median } from './statistics.ts'

/** Keys of one report go down within this time of each other, and come up so. */
const sameReportMs = 1
/** A report has room for six keys, and two scanners send two. */
const mostTogether = 12

/**
 * Whether the keys of two scanners are mixed in this run. One scanner lifts a key before it presses the next, unless one report
 * carries both; and it does not double its pace in the middle of a code, as the sum of two does while both are at work.
 */
export function isFromTwoSources(
  own: readonly Press[],
  gaps: readonly number[],
  holds: readonly number[],
): boolean {
  if (own.some((press, at) => liesOver(press, own.slice(at + 1, at + 1 + mostTogether))))
    return true
  const hasTicks = isTicked(gaps) && isTicked(holds)
  return !hasTicks && changesPace(own, gaps)
}

/** Whether this key was down while another of the later keys was that is not of its report. */
function liesOver({ stroke, overlapped, upAt }: Press, later: readonly Press[]): boolean {
  if (!overlapped || upAt === null) return false
  return later.some((press) => {
    const isTogether = press.stroke.at < upAt - sameReportMs
    const wentDownLater = press.stroke.at - stroke.at > sameReportMs
    const cameUpApart = press.upAt !== null && Math.abs(press.upAt - upAt) > sameReportMs
    return isTogether && (wentDownLater || cameUpApart)
  })
}

/** As many keys on either side tell a change of pace from jitter. */
const fewestAlike = 6
const ratioOfPaces = 1.75
/** Means are quicker found; where they are closer than this, the medians need not be compared. */
const ratioOfMeans = 1.3
/** A quicker pace (ms per key) is blurred by the system. */
const paceThatShowsMs = 4

function changesPace(own: readonly Press[], gaps: readonly number[]): boolean {
  const paceMs = median(gaps)
  const hasOwnTiming = own.some((press) => press.altHold > 0 || press.overlapped)
  if (paceMs < paceThatShowsMs || hasOwnTiming) return false
  const whole = gaps.reduce((sum, gap) => sum + gap, 0)
  let part = 0
  for (let at = 1; at <= gaps.length - fewestAlike; at += 1) {
    part += gaps[at - 1] ?? 0
    if (at < fewestAlike || !differ(part / at, (whole - part) / (gaps.length - at), ratioOfMeans)) {
      continue
    }
    if (differ(median(gaps.slice(0, at)), median(gaps.slice(at)), ratioOfPaces)) return true
  }
  return false
}

function differ(one: number, other: number, ratio: number): boolean {
  return Math.max(one, other) > Math.min(one, other) * ratio
}
