import { isTicked } from './clock-ticks.ts'

import { type Press, type ScanRun, holdTimes, type RunEnding } from './scan-run.ts'
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

/** The events of one report come this close, ms: they are no steps of a pace. */
const sameInstantMs = 0.05
/** Share of the keys that share a report with the one before, for a scanner that sends several in each. */
const fewestInReports = 0.3
/** Where all gaps are this close to their median, as a share of it, one scanner typed the keys. */
const ownReach = 0.4
/** A scanner that is polled every millisecond cannot keep its pace better, ms. */
const pollingReachMs = 1.2

/** So many of the gaps, as a share, are uneven where all keys of a second scanner lie among them. */
const fewestOfTwo = 0.2

/**
 * `slight`: no more than the polling of a very fast scanner explains. `clear`: a busy computer or a second scanner. `throughout`: hardly
 * a busy computer.
 */
export type Unevenness = 'none' | 'slight' | 'clear' | 'throughout'

/**
 * How uneven the gaps are. Two scanners at work at the same time leave uneven ones even where none of their keys lies over another; a
 * single scanner does so only where the computer was busy.
 */
export function unevennessOf({ presses }: ScanRun, end: RunEnding): Unevenness {
  const all = presses.slice(1).map((press) => press.gap)
  const isAltCode = presses.some((press) => press.altHold > 0)
  if (isAltCode || (isTicked(all) && isTicked(holdTimes(presses)))) return 'none'
  const steps = presses.slice(1).filter((press, at) => !isOfSameReport(press, presses[at]))
  const hasReports = steps.length <= all.length * (1 - fewestInReports)
  const gaps = hasReports ? steps.map((press) => press.gap) : all
  if (end.gap !== null) gaps.push(end.gap)
  const usual = median(gaps)
  const uneven = gaps.filter((gap) => Math.abs(gap - usual) > usual * ownReach)
  if (uneven.length === 0) return 'none'
  const clear = uneven.filter((gap) => Math.abs(gap - usual) > pollingReachMs)
  if (clear.length === 0) return 'slight'
  if (isOnlyDelayed(gaps, usual)) return 'slight'
  return clear.length >= gaps.length * fewestOfTwo ? 'throughout' : 'clear'
}

/**
 * Whether a few keys came late, none of them next to another and none too soon. Where one of two scanners pauses or has not begun,
 * the other's own pace shows in several gaps in a row; and where both type, some gaps are short.
 */
function isOnlyDelayed(gaps: readonly number[], usual: number): boolean {
  const isLate = gaps.map((gap) => gap > usual * (1 + ownReach))
  const isApart = isLate.every((late, at) => !late || isLate[at + 1] !== true)
  return isApart && gaps.every((gap) => gap >= usual * (1 - ownReach))
}

function isOfSameReport(press: Press, before: Press | undefined): boolean {
  return press.gap < sameInstantMs && press.releasesBefore === before?.releasesBefore
}
