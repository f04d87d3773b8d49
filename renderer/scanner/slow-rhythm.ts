import { isAlike } from './learnt-rhythm.ts'
import { fingerHoldMs, overlaps, type RhythmVerdict } from './rhythm.ts'
import { type Press, type ScanRun, holdTimes, type RunEnding } from './scan-run.ts'
import {
  longestHiccupMs,
  longestSlowGapMs,
  slowestMsPerKey,
  type ScannerProfile,
} from './scanner-profile.ts'
import { median, quantile, spread } from './statistics.ts'

/** Up to this pace (ms per key) fingers play too, so that evenness has to tell. */
export const quickestSlowMs = 60
/** No finger lifts a key so soon, ms; and hardly any of the scanner's holds may be longer than the second. */
const untouchedMs = 25
const longestUntouchedMs = 40
/** What a person's times vary by at most in so many keys, as a share of their mean; a person's gaps vary by a third. */
const even = { keys: 12, spread: 0.13, characters: 4 } as const
const fairlyEven = { keys: 10, spread: 0.14 } as const
const evenEnoughWhenKnown = 0.22
const unevenAtMost = 0.35

/**
 * Who typed a run that is slower than a person's quickest typing: 60 to 150 ms per key (Bluetooth scanners, and those
 * that were given an inter-character delay). A scanner's keys are up too soon for a finger, or even beyond any hand.
 */
export function judgeSlowRhythm(
  run: ScanRun,
  end: RunEnding,
  profile: ScannerProfile,
): RhythmVerdict {
  const { gaps, holds, isSlow } = timesOf(run, end)
  const own = run.presses
  if (!isSlow || own.length < profile.minLength || holds.length < own.length - 1) {
    return { kind: 'person' }
  }
  const rhythm = { gapMs: median(gaps), holdMs: median(holds) }
  const isUntouched =
    rhythm.holdMs <= untouchedMs &&
    quantile(holds, 0.85) <= longestUntouchedMs &&
    spread(gaps) <= unevenAtMost
  const isKnown =
    profile.rhythm !== null &&
    isAlike(rhythm, profile.rhythm) &&
    Math.max(spread(gaps), spread(holds)) <= evenEnoughWhenKnown
  const isEven =
    own.length >= even.keys &&
    Math.max(spread(gaps), spread(holds)) <= even.spread &&
    charactersOf(own) >= even.characters &&
    startsAlike(own, rhythm)
  return isUntouched || isKnown || isEven
    ? { kind: 'scanner', foreign: 0, isSlow: true, ...rhythm }
    : { kind: 'person' }
}

/** Whether the run is too even for a hand and too short, or not even enough, to be read: the cashier must be told. */
export function isTooSlowScan(run: ScanRun): boolean {
  const { gaps, holds, isSlow } = timesOf(run, { at: run.lastAt, gap: null })
  return (
    isSlow &&
    run.keys >= fairlyEven.keys &&
    run.allUp &&
    charactersOf(run.presses) >= even.characters &&
    Math.max(spread(gaps), spread(holds)) <= fairlyEven.spread
  )
}

function timesOf(run: ScanRun, end: RunEnding) {
  const gaps = run.presses.slice(1).map((press) => press.gap)
  if (end.gap !== null) gaps.push(end.gap)
  const holds = holdTimes(run.presses)
  const gapMs = median(gaps)
  const isSlow =
    gapMs > quickestSlowMs &&
    gapMs <= slowestMsPerKey * 1.1 &&
    !run.faults.includes('input-method') &&
    Math.max(...gaps) <= longestHiccupMs &&
    !overlaps(run.presses)
  return { gaps, holds, isSlow }
}

/** Whether a run with these gaps may go on after a longer silence than `longestSlowGapMs`: its pace is clear by now. */
export function hasSlowPace(run: ScanRun): boolean {
  const gaps = run.presses.slice(1).map((press) => press.gap)
  return gaps.length >= 4 && spread(gaps) <= unevenAtMost && median(gaps) <= longestSlowGapMs
}

/** Whether only a hand types so: too uneven for a scanner, or with keys that lie over each other. */
export function isClearlyHand(run: ScanRun): boolean {
  if (run.keys < 3) return false
  const gaps = run.presses.slice(1).map((press) => press.gap)
  const holds = holdTimes(run.presses)
  if (overlaps(run.presses)) return true
  return median(holds) > fingerHoldMs && Math.max(spread(gaps), spread(holds)) > unevenAtMost
}

/** A hand that taps one or two keys in turn can keep time; one that types a code cannot. */
function charactersOf(presses: readonly Press[]): number {
  return new Set(presses.map(({ stroke }) => stroke.code || stroke.key)).size
}

/** A person's key right before the scan has neither its gap nor its hold. */
function startsAlike(
  [first, second]: readonly Press[],
  { gapMs, holdMs }: { readonly gapMs: number; readonly holdMs: number },
): boolean {
  if (first === undefined || second === undefined || first.upAt === null) return false
  const hold = first.upAt - first.stroke.at
  return Math.abs(second.gap - gapMs) <= gapMs * 0.35 && Math.abs(hold - holdMs) <= holdMs * 0.35
}
