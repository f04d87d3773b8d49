import { isAlike } from './learnt-rhythm.ts'
import type { Press, ScanRun } from './scan-run.ts'
import { longestHiccupMs, type LearntRhythm, type ScannerProfile } from './scanner-profile.ts'
import { median, quantile, shareNear, spread } from './statistics.ts'

/** Who typed this run? `foreign`: how many of its first keys a hand pressed just before the scan. */
export type RhythmVerdict =
  | ({ readonly kind: 'scanner' } & Machine)
  | ({
      readonly kind: 'broken'
      readonly why: 'lost-key' | 'mixed-with-typing' | 'too-short'
    } & Machine)
  | { readonly kind: 'person' }

export interface Machine {
  readonly foreign: number
  /** Medians, ms. */
  readonly gapMs: number
  readonly holdMs: number
}

/*
 * What a hand cannot do. A finger keeps a key down for 35 ms at the very least (typing studies: 70 to 150), and its
 * gaps vary by a third and more; a scanner's key is up again within a few ms, or at an even share of an even pace.
 */
export const fastGapMs = 25
export const fingerHoldMs = 33
const steadiness = 0.22
const steadyKeys = 8
const fewestKnownKeys = 5
/** As few as the shortest code. */
const fewestTakenKeys = 4
const longRow = 12
/** Windows stamps keys on a tick of 15.6 ms: the shortest hold may look that long. */
const tickMs = 15.6

/** How a run ended: when, and with which gap before the terminator (`null`: there was none). */
export interface Ending {
  readonly at: number
  readonly gap: number | null
}

export function judgeRhythm(run: ScanRun, end: Ending, profile: ScannerProfile): RhythmVerdict {
  const foreign = leadingForeign(run.presses, end)
  const own = run.presses.slice(foreign)
  // An input method that wakes up hands over a finger's press and release at one instant: two such keys are no scan.
  const fewest = run.faults.includes('input-method') ? fewestTakenKeys : 2
  if (own.length < fewest) return { kind: 'person' }
  const gaps = own.slice(1).map((press) => press.gap)
  if (end.gap !== null) gaps.push(end.gap)
  const holds = holdsOf(own)
  const isScanner =
    isMachine(own, gaps, holds, profile) || isKnown(own, gaps, holds, profile.rhythm)
  if (!isScanner) return { kind: 'person' }
  const holdMs = median(holds)
  const machine = { foreign, gapMs: median(gaps), holdMs }
  // A first key that was down for long and up before the next: a finger's, or the scanner's own, held up by a delay.
  const [first] = own
  const why = own.some(
    (press) => isFinger(press, end, holdMs) || (press === first && isLong(press, end, holdMs)),
  )
    ? 'mixed-with-typing'
    : own.length < profile.minLength
      ? 'too-short'
      : hidesLostKey(own, gaps, holds)
        ? 'lost-key'
        : null
  return why === null ? { kind: 'scanner', ...machine } : { kind: 'broken', why, ...machine }
}

function isMachine(
  own: readonly Press[],
  gaps: readonly number[],
  holds: readonly number[],
  profile: ScannerProfile,
): boolean {
  const gapMs = median(gaps)
  if (gaps.some((gap) => gap > longestHiccupMs)) return false
  if (gapMs > profile.maxMsPerKey * 1.15) return false
  // Fewer releases than that were not lost on the way: the keys are still held.
  if (holds.length === 0 || holds.length < own.length * 0.8 - 1) return false
  const holdMs = median(holds)
  // On ticks, a pace of up to 25 ms may look like one of two ticks.
  const ticked = isTicked(gaps) && isTicked(holds)
  if (gapMs <= (ticked ? tickMs * 2 + 0.1 : fastGapMs)) return holdMs <= fingerHoldMs
  if (holdMs <= fingerHoldMs - 8 && quantile(holds, 0.85) <= fingerHoldMs + tickMs) return true
  return own.length >= steadyKeys && !overlaps(own) && isSteady(gaps, 0.12) && isSteady(holds, 0.2)
}

/** The rhythm that the scanner in use is known by, blurred by delays. */
function isKnown(
  own: readonly Press[],
  gaps: readonly number[],
  holds: readonly number[],
  known: LearntRhythm | null,
): boolean {
  if (known === null || own.length < fewestKnownKeys || overlaps(own)) return false
  const rhythm = { gapMs: median(gaps), holdMs: median(holds) }
  return (
    holds.length >= own.length * 0.8 &&
    isAlike(rhythm, known) &&
    shareNear(gaps, known.gapMs, Math.max(known.gapMs * 0.2, 3)) >= 0.6 &&
    gaps.every((gap) => gap <= longestHiccupMs)
  )
}

/** Even all along, or as even as a clock but for some delays; the longer the row, the more of them. */
function isSteady(times: readonly number[], reach: number): boolean {
  const usual = median(times)
  const even =
    spread(times) <= steadiness &&
    Math.max(...times) <= usual * 1.6 &&
    Math.min(...times) >= usual * 0.5
  const share = shareNear(times, usual, Math.max(usual * reach, 2))
  return even || share >= (times.length >= longRow ? 0.6 : 0.85)
}

/** Could this become a scan? Then a longer gap in it is a delay, and its judgement waits for the end. */
export function isUnderWay(run: ScanRun, profile: ScannerProfile): boolean {
  const end = { at: run.lastAt, gap: null }
  if (judgeRhythm(run, end, profile).kind === 'scanner') return true
  const gaps = run.presses.slice(1).map((press) => press.gap)
  const holds = holdsOf(run.presses)
  return (
    run.keys >= fewestKnownKeys &&
    !overlaps(run.presses) &&
    median(gaps) <= profile.maxMsPerKey * 1.15 &&
    isSteady(gaps, 0.12) &&
    isSteady(holds, 0.2)
  )
}

/** Too blurred to be judged a scan, yet not what typing looks like: many keys, no two at once, at a scanner's pace. */
export function isUnsteadyScan(run: ScanRun, profile: ScannerProfile): boolean {
  const gaps = run.presses.slice(1).map((press) => press.gap)
  return (
    run.keys >= longRow &&
    run.allUp &&
    !overlaps(run.presses) &&
    median(gaps) <= profile.maxMsPerKey * 1.4 &&
    Math.max(...gaps) <= longestHiccupMs
  )
}

/** The last key may still be down: whether it overlaps is not known yet. */
function overlaps(presses: readonly Press[]): boolean {
  return presses.some(({ overlapped, upAt }, at) => {
    const next = presses[at + 1]?.stroke.at
    return overlapped && next !== undefined && (upAt === null || upAt - next > 1)
  })
}

/** Keys at the start that stayed down under the keys that follow: fingers, not the scanner. */
function leadingForeign(presses: readonly Press[], end: Ending): number {
  const holds = holdsOf(presses)
  if (holds.length === 0) return 0
  const usual = median(holds)
  const paceMs = median(presses.slice(1).map((press) => press.gap))
  let count = 0
  while (count < presses.length - 2) {
    const press = presses[count]
    const next = presses[count + 1]
    if (press === undefined || next === undefined || !isFinger(press, end, usual)) break
    // Still down at the end and in step with the scan: as well the scanner's own key whose release was lost.
    if (press.upAt === null && next.gap <= Math.max(paceMs * 3, paceMs + 8)) break
    count += 1
  }
  return count
}

/** A finger's key lies over the keys that follow it. A scanner's own can look long, after a delay, but not that. */
function isFinger(press: Press, end: Ending, usualHoldMs: number): boolean {
  // Still down although the scan is over, and it had time.
  if (press.upAt === null) return end.at - press.stroke.at > usualHoldMs * 1.3 + 2
  return press.overlapped && isLong(press, end, usualHoldMs)
}

/** Held as long as a finger holds a key: a hand's, or the scanner's own after a delay. */
export function isFingers(press: Press, end: Ending, usualHoldMs: number): boolean {
  return isFinger(press, end, usualHoldMs) || isLong(press, end, usualHoldMs)
}

function isLong(press: Press, end: Ending, usualHoldMs: number): boolean {
  const downFor = (press.upAt ?? end.at) - press.stroke.at
  return downFor > Math.max(fingerHoldMs - 8, usualHoldMs * 2.2)
}

/** Below this pace the jitter of the system hides a lost key. */
const paceThatShowsLossMs = 8

/** One gap of twice or three times an otherwise even pace, not made up for afterwards: a key is missing there. */
function hidesLostKey(
  own: readonly Press[],
  gaps: readonly number[],
  holds: readonly number[],
): boolean {
  const paceMs = median(gaps)
  const most = Math.max(...gaps)
  if (paceMs < paceThatShowsLossMs || gaps.length < 6) return false
  if (isTicked(gaps) && isTicked(holds)) return false
  const at = gaps.indexOf(most)
  const others = gaps.toSpliced(at, 1)
  // Where other gaps are uneven too, this one is no more than that.
  if (shareNear(others, paceMs, paceMs * 0.17) < 1) return false
  // The key before stayed down for most of the gap: its release was late, nothing is missing.
  const { stroke, upAt } = own[at] ?? {}
  if (stroke && upAt && upAt - stroke.at > median(holds) * 1.3 + 2) return false
  const caughtUp = (gaps[at + 1] ?? paceMs) < paceMs * 0.6
  return !caughtUp && [2, 3].some((keys) => isMultiple(most, keys, others))
}

/** As long as this many of the other gaps together. */
function isMultiple(gap: number, keys: number, others: readonly number[]): boolean {
  return gap >= Math.min(...others) * keys * 0.95 && gap <= Math.max(...others) * keys * 1.05
}

/** Time stamps that only come in ticks make even gaps look doubled. */
function isTicked(times: readonly number[]): boolean {
  return times.every((time) => Math.abs(time - Math.round(time / tickMs) * tickMs) < 0.7)
}

export function holdsOf(presses: readonly Press[]): number[] {
  return presses.flatMap((press) => (press.upAt === null ? [] : [press.upAt - press.stroke.at]))
}
