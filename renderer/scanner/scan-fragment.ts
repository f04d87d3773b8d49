import { fingerHoldMs, type MachineRhythm } from './rhythm.ts'
import { type ScanRun, holdTimes } from './scan-run.ts'
import { longestHiccupMs } from './scanner-profile.ts'
import { median } from './statistics.ts'

/** After a piece of a scan without an end, what follows within this time may be its rest. */
export const fragmentMs = 1000
/** A shorter hold is no scanner's either: press and release were held up and delivered together. */
const shortestHoldMs = 0.5
/** Fingers hold several keys in a row as long as this, ms; of a scanner's keys a delay stretches one. */
const surelyFingerMs = 45
const aloneMs = 1000
/** Nobody presses a single key and then scans within this time, so such a key is the scan's own. */
const aloneGapMs = 400
const tornGapMs = 150

/** A piece that may be the beginning of a scan. */
export interface Fragment {
  readonly at: number
  readonly keys: number
  /**
   * `scanner`: certainly a scanner's. `open`: a key was still down when the next run began, so that it is unknowable.
   */
  readonly by: 'scanner' | 'open' | 'unclear'
  /** A single key, with none before it for a while. */
  readonly isAlone: boolean
  /** Medians, ms; 0 where there is none. */
  readonly gapMs: number
  readonly holdMs: number
}

/** Returns the piece of a scan that a run without an end is; `null` when a person typed it. */
export function fragmentOf(
  run: ScanRun,
  before: Fragment | null,
  previousAt: number,
): Fragment | null {
  return stillOpen(run, before) ?? (isSpace(run) ? null : pieceOf(run, previousAt))
}

/** Returns the piece of a scan that these few keys may have continued before it broke off again. */
function stillOpen(run: ScanRun, before: Fragment | null): Fragment | null {
  const holds = holdTimes(run.presses)
  const isHands = holds.length > 1 && holds.every((hold) => hold > surelyFingerMs)
  const isOpen = before?.by === 'scanner' && run.startedAt - before.at <= fragmentMs && !isHands
  return isOpen ? { ...before, at: run.lastAt } : null
}

/** Whether a run of this rhythm that began at this time may be the rest of that piece. */
export function mayBeRest(at: number, fragment: Fragment | null, by: MachineRhythm): boolean {
  return fragment !== null && at - fragment.at <= fragmentMs && isSameHand(fragment, at, by)
}

/** No code begins with a space: a single one is a person's, e.g. to choose a word of an input method. */
function isSpace(run: ScanRun): boolean {
  return run.presses.every((press) => press.stroke.code === 'Space')
}

/** Too few keys to judge: a person's, or the beginning of a scan that broke off. */
function pieceOf(run: ScanRun, previousAt: number): Fragment {
  const holds = holdTimes(run.presses)
  // An input method may deliver a finger's press and release at one instant.
  const isTaken = run.faults.includes('input-method')
  const isShort = !isTaken && holds.some((hold) => hold >= shortestHoldMs && hold <= fingerHoldMs)
  return {
    at: run.lastAt,
    keys: run.keys,
    by: isShort ? 'scanner' : run.allUp ? 'unclear' : 'open',
    isAlone: run.keys === 1 && run.startedAt - previousAt > aloneMs,
    gapMs: median(run.presses.slice(1).map((press) => press.gap)),
    holdMs: median(holds),
  }
}

/** Whether these keys may come from the same scanner. For a single key only its hold time tells. */
function isSameHand(piece: Fragment, at: number, by: MachineRhythm): boolean {
  if (piece.by !== 'unclear') return true
  // Two delays in a row may have separated its first key and made it look held.
  if (at - piece.at <= (piece.isAlone ? aloneGapMs : tornGapMs)) return true
  // A slow scanner holds its keys as long as a finger, and a delay may have separated its first keys.
  if (by.holdMs > fingerHoldMs && at - piece.at <= longestHiccupMs) return true
  const holdsDiffer = Math.abs(piece.holdMs - by.holdMs)
  if (piece.keys === 1) return holdsDiffer <= 1.5
  const gapsDiffer = Math.abs(piece.gapMs - by.gapMs)
  return holdsDiffer <= by.holdMs * 0.15 && gapsDiffer <= by.gapMs * 0.3
}
