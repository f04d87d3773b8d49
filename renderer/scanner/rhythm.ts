import { bunchedKeys, gapsOutside, keysOutside } from './bunched-keys.ts'
import { isTicked, tickMs } from './clock-ticks.ts'
import { isAlike } from './learnt-rhythm.ts'
import { holdTimes, type Press, type RunEnding, type ScanRun } from './scan-run.ts'
import { longestHiccupMs, type LearntRhythm, type ScannerProfile } from './scanner-profile.ts'
import { median, quantile, shareNear, spread } from './statistics.ts'
import { isFromTwoSources } from './two-sources.ts'

/** Who typed this run. `foreign`: how many of its first keys a person pressed just before the scan. */
export type RhythmVerdict =
  | ({ readonly kind: 'scanner' } & MachineRhythm)
  | ({
      readonly kind: 'broken'
      readonly why: 'lost-key' | 'mixed-with-typing' | 'too-short' | 'two-sources'
    } & MachineRhythm)
  /** The keys came all at once, which shows nothing about who typed them. */
  | ({ readonly kind: 'bunched' } & MachineRhythm)
  | { readonly kind: 'person' }

export interface MachineRhythm {
  readonly foreign: number
  /** Known by its evenness, at a pace at which people type too. */
  readonly isSlow: boolean
  /** Medians, ms. */
  readonly gapMs: number
  readonly holdMs: number
}

/*
 * What a hand cannot do. A finger keeps a key down for at least 35 ms (typing studies: 70 to 150), and its gaps vary by
 * a third and more. A scanner releases a key within a few ms, or after a constant share of a constant pace.
 */
export const fastGapMs = 25
export const fingerHoldMs = 33
const steadiness = 0.22
const steadyKeys = 8
const fewestKnownKeys = 5
/** As many as the shortest code has. */
const fewestTakenKeys = 4
const longRow = 12
const sameInstantMs = 0.5

export function judgeRhythm(run: ScanRun, end: RunEnding, profile: ScannerProfile): RhythmVerdict {
  const foreign = leadingForeign(run.presses, end)
  const own = run.presses.slice(foreign)
  // An input method that is being switched on may deliver a finger's press and release at one instant: two such keys
  // are no scan.
  const fewest = run.faults.includes('input-method') ? fewestTakenKeys : 2
  if (own.length < fewest || isOneReport(own)) return { kind: 'person' }
  const bunched = bunchedKeys(own, end)
  const certain = keysOutside(own, bunched)
  const isBunched = certain.length < own.length
  if (isBunched && certain.length < fewestKnownKeys) return atOnce(own, foreign)
  const gaps = gapsOutside(own, bunched)
  if (end.gap !== null && bunched.at(-1) !== true) gaps.push(end.gap)
  const holds = holdTimes(certain)
  const isScanner =
    isMachine(certain, gaps, holds, profile) || isKnown(certain, gaps, holds, profile.rhythm)
  if (!isScanner) return { kind: 'person' }
  const holdMs = median(holds)
  const machine = { foreign, isSlow: false, gapMs: median(gaps), holdMs }
  // A first key that was long down but up before the next is a finger's, or the scanner's own after a delay.
  const [first] = own
  const isDelayed = first === undefined || !certain.includes(first)
  const startsLong = !isDelayed && isLong(first, end, holdMs)
  const why =
    startsLong || own.some((press) => isFinger(press, end, holdMs))
      ? 'mixed-with-typing'
      : own.length < profile.minLength
        ? 'too-short'
        : isFromTwoSources(certain, gaps, holds)
          ? 'two-sources'
          : !isBunched && hidesLostKey(own, gaps, holds)
            ? 'lost-key'
            : null
  return why === null ? { kind: 'scanner', ...machine } : { kind: 'broken', why, ...machine }
}

/** Keys that went down at one instant, too few to be a code: rolling fingers whose keys were held up look like this. */
function isOneReport(own: readonly Press[]): boolean {
  const [first] = own
  const last = own.at(-1)
  if (first === undefined || last === undefined || own.length >= fewestTakenKeys) return false
  return last.stroke.at - first.stroke.at < sameInstantMs
}

function atOnce(own: readonly Press[], foreign: number): RhythmVerdict {
  const gaps = own.slice(1).map((press) => press.gap)
  return {
    kind: 'bunched',
    foreign,
    isSlow: false,
    gapMs: median(gaps),
    holdMs: median(holdTimes(own)),
  }
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
  // If fewer releases than that arrived, they were not lost: the keys are still held.
  if (holds.length === 0 || holds.length < own.length * 0.8 - 1) return false
  const holdMs = median(holds)
  // With ticks, a pace of up to 25 ms may look like one of two ticks.
  const ticked = isTicked(gaps) && isTicked(holds)
  if (gapMs <= (ticked ? tickMs * 2 + 0.1 : fastGapMs)) return holdMs <= fingerHoldMs
  if (holdMs <= fingerHoldMs - 8 && quantile(holds, 0.85) <= fingerHoldMs + tickMs) return true
  return own.length >= steadyKeys && !overlaps(own) && isSteady(gaps, 0.12) && isSteady(holds, 0.2)
}

/** Whether this is the learnt rhythm of the scanner in use, blurred by delays. */
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

/**
 * Whether the times are even throughout, or even except for some delays; the longer the row, the more delays are
 * allowed.
 */
function isSteady(times: readonly number[], reach: number): boolean {
  const usual = median(times)
  const even =
    spread(times) <= steadiness &&
    Math.max(...times) <= usual * 1.6 &&
    Math.min(...times) >= usual * 0.5
  const share = shareNear(times, usual, Math.max(usual * reach, 2))
  return even || share >= (times.length >= longRow ? 0.6 : 0.85)
}

/** Whether the run may become a scan. Then a longer gap in it counts as a delay, and the run goes on. */
export function mayBecomeScan(run: ScanRun, profile: ScannerProfile): boolean {
  const end = { at: run.lastAt, gap: null }
  if (judgeRhythm(run, end, profile).kind === 'scanner') return true
  const gaps = run.presses.slice(1).map((press) => press.gap)
  const holds = holdTimes(run.presses)
  return (
    run.keys >= fewestKnownKeys &&
    !overlaps(run.presses) &&
    median(gaps) <= profile.maxMsPerKey * 1.15 &&
    isSteady(gaps, 0.12) &&
    isSteady(holds, 0.2)
  )
}

/** Too uneven to count as a scan, yet unlike typing: many keys, no two at once, at a scanner's pace. */
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

/** Whether keys were down at the same time. The last key may still be down, so its overlap is not known yet. */
export function overlaps(presses: readonly Press[]): boolean {
  return presses.some(({ overlapped, upAt }, at) => {
    const next = presses[at + 1]?.stroke.at
    return overlapped && next !== undefined && (upAt === null || upAt - next > 1)
  })
}

/** Counts the keys at the start that stayed down under later keys: a person's, not the scanner's. */
function leadingForeign(presses: readonly Press[], end: RunEnding): number {
  const holds = holdTimes(presses)
  if (holds.length === 0) return 0
  const usual = median(holds)
  const paceMs = median(presses.slice(1).map((press) => press.gap))
  let count = 0
  while (count < presses.length - 2) {
    const press = presses[count]
    const next = presses[count + 1]
    if (press === undefined || next === undefined || !isFinger(press, end, usual)) break
    // Still down at the end and in step with the scan: this may be the scanner's own key whose release was lost.
    if (press.upAt === null && next.gap <= Math.max(paceMs * 3, paceMs + 8)) break
    count += 1
  }
  return count
}

/**
 * Whether a finger held this key: it stayed down under the keys after it. A scanner's key may look long after a delay,
 * but does not overlap.
 */
function isFinger(press: Press, end: RunEnding, usualHoldMs: number): boolean {
  // Still down although the scan is over and there was time to release it.
  if (press.upAt === null) return end.at - press.stroke.at > usualHoldMs * 1.3 + 2
  return press.overlapped && isLong(press, end, usualHoldMs)
}

/** Whether the key was held as long as a finger holds it: it is a person's, or the scanner's own after a delay. */
export function isHeldLikeFinger(press: Press, end: RunEnding, usualHoldMs: number): boolean {
  return isFinger(press, end, usualHoldMs) || isLong(press, end, usualHoldMs)
}

function isLong(press: Press, end: RunEnding, usualHoldMs: number): boolean {
  const downFor = (press.upAt ?? end.at) - press.stroke.at
  return downFor > Math.max(fingerHoldMs - 8, usualHoldMs * 2.2)
}

/** At a quicker pace (ms per key) the system's jitter hides a lost key. */
const paceThatShowsLossMs = 8

/**
 * Whether one gap is two or three times an otherwise even pace, and no shorter gap makes up for it: then a key is
 * missing there.
 */
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
  // Where other gaps are uneven too, a long one proves nothing.
  if (shareNear(others, paceMs, paceMs * 0.17) < 1) return false
  // The key before stayed down for most of the gap: its release was late, and nothing is missing.
  const { stroke, upAt } = own[at] ?? {}
  if (stroke && upAt && upAt - stroke.at > median(holds) * 1.3 + 2) return false
  const caughtUp = (gaps[at + 1] ?? paceMs) < paceMs * 0.6
  return !caughtUp && [2, 3].some((keys) => isMultiple(most, keys, others))
}

/** Whether the gap is as long as this many of the others together. */
function isMultiple(gap: number, keys: number, others: readonly number[]): boolean {
  return gap >= Math.min(...others) * keys * 0.95 && gap <= Math.max(...others) * keys * 1.05
}

/** Longest gap and longest hold of keys that are too quick for fingers, ms. */
const tooQuickMs = 30

/** Whether three keys came faster than fingers can: from here on they are hidden from the page. */
export function isFast(run: ScanRun): boolean {
  const last = run.presses.slice(-3)
  return (
    last.length === 3 &&
    last.every(
      ({ gap, upAt, stroke }, at) =>
        (at === 0 || gap <= tooQuickMs) && (upAt ?? stroke.at) - stroke.at <= tooQuickMs,
    )
  )
}
