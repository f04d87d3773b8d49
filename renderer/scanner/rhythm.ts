import type { Press } from './scan-run.ts'
import { longestGapMs, type ScannerProfile } from './scanner-profile.ts'

/** Who typed this run? `foreign`: how many of its first keys a hand pressed just before the scan. */
export type RhythmVerdict =
  | {
      readonly kind: 'scanner'
      readonly foreign: number
      readonly gapMs: number
      readonly holdMs: number | null
    }
  | { readonly kind: 'person' }
  | { readonly kind: 'broken'; readonly why: 'lost-key' | 'mixed-with-typing' | 'too-short' }

/*
 * What a hand cannot do. A finger keeps a key down for 30 ms at the very least (typing studies: 70 to 150), and its
 * gaps vary by a third and more; a scanner's key is up again within a few ms, or at an even share of an even pace.
 */
const fastGapMs = 25
const fingerHoldMs = 30
const steadiness = 0.22
/** Windows stamps keys on its 15.6 ms tick: two keys may seem to overlap by that much. */
const tickMs = 16
const steadyKeys = 10
/** Below this pace the jitter of the system hides a lost key. */
const paceThatShowsLossMs = 8

export function judgeRhythm(
  presses: readonly Press[],
  endAt: number,
  endGap: number | null,
  profile: ScannerProfile,
): RhythmVerdict {
  const foreign = leadingForeign(presses, endAt)
  const own = presses.slice(foreign)
  const gaps = own.slice(1).map((press) => press.gap)
  if (endGap !== null) gaps.push(endGap)
  const holds = own.flatMap((press) => (press.upAt === null ? [] : [press.upAt - press.stroke.at]))
  if (own.length < 2) return { kind: 'person' }
  const gapMs = median(gaps)
  const holdMs = holds.length === 0 ? null : median(holds)
  const scanner = { kind: 'scanner', foreign, gapMs, holdMs } as const
  if (!isMachine(own, gaps, holds, endAt, profile)) return { kind: 'person' }
  if (own.some((press) => isFingers(press, endAt, holdMs))) {
    return { kind: 'broken', why: 'mixed-with-typing' }
  }
  if (own.length < profile.minLength) return { kind: 'broken', why: 'too-short' }
  return hidesLostKey(gaps) ? { kind: 'broken', why: 'lost-key' } : scanner
}

function isMachine(
  own: readonly Press[],
  gaps: readonly number[],
  holds: readonly number[],
  endAt: number,
  profile: ScannerProfile,
): boolean {
  const gapMs = median(gaps)
  if (gaps.some((gap) => gap > longestGapMs(profile))) return false
  if (gapMs > profile.maxMsPerKey * 1.15) return false
  const heard = holds.length >= own.length * 0.8 - 1
  if (heard && holds.length > 0) {
    const holdMs = median(holds)
    if (gapMs <= fastGapMs) return holdMs <= fingerHoldMs
    if (holdMs <= fingerHoldMs - 5 && Math.max(...holds) <= fingerHoldMs + tickMs) return true
    return (
      own.length >= steadyKeys &&
      longestOverlap(own, endAt) <= 1 &&
      spread(gaps) <= steadiness &&
      spread(holds) <= steadiness &&
      Math.max(...gaps) <= gapMs * 1.6 &&
      Math.min(...gaps) >= gapMs * 0.5
    )
  }
  if (holds.length > 0) return false
  return gapMs <= fastGapMs
    ? own.length >= profile.minLength + 2
    : own.length >= steadyKeys + 2 && spread(gaps) <= 0.15
}

/** Keys at the start that stayed down under the keys that follow: fingers, not the scanner. */
function leadingForeign(presses: readonly Press[], endAt: number): number {
  const holds = presses.flatMap((press) =>
    press.upAt === null ? [] : [press.upAt - press.stroke.at],
  )
  const usual = holds.length === 0 ? null : median(holds)
  const paceMs = median(presses.slice(1).map((press) => press.gap))
  let count = 0
  while (count < presses.length - 2) {
    const press = presses[count]
    const next = presses[count + 1]
    if (press === undefined || next === undefined || !isFingers(press, endAt, usual)) break
    // Still down at the end and in step with the scan: as well the scanner's own key whose release was lost.
    if (press.upAt === null && next.gap <= Math.max(paceMs * 3, paceMs + 8)) break
    count += 1
  }
  return count
}

function isFingers(press: Press, endAt: number, usualHoldMs: number | null): boolean {
  if (usualHoldMs === null) return false
  const downFor = (press.upAt ?? endAt) - press.stroke.at
  return downFor > Math.max(fingerHoldMs - 5, usualHoldMs * 2.2)
}

/** One gap of twice or three times an otherwise even pace, not made up for afterwards: a key is missing there. */
function hidesLostKey(gaps: readonly number[]): boolean {
  const pace = median(gaps)
  const most = Math.max(...gaps)
  if (pace < paceThatShowsLossMs || gaps.length < 6) return false
  const at = gaps.indexOf(most)
  const others = gaps.toSpliced(at, 1)
  if (spread(others) > steadiness) return false
  const times = most / pace
  const caughtUp = (gaps[at + 1] ?? pace) < pace * 0.5
  return !caughtUp && ((times > 1.65 && times < 2.4) || (times > 2.65 && times < 3.4))
}

function longestOverlap(presses: readonly Press[], endAt: number): number {
  return presses.reduce((longest, press, at) => {
    const next = presses[at + 1]?.stroke.at ?? endAt
    return Math.max(longest, (press.upAt ?? endAt) - next)
  }, 0)
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

/** Coefficient of variation. */
function spread(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length < 2 || mean === 0) return 0
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)
  return Math.sqrt(variance) / mean
}
