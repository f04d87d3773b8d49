import type { Decision, Scan } from './decision.ts'
import { fingerHoldMs, judgeRhythm, type Ending } from './rhythm.ts'
import { outcomeOf, rejection, releaseOf } from './run-outcome.ts'
import type { ScanRun } from './scan-run.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/** A piece of a scan without an end: what follows within this time may be its other half. */
const fragmentMs = 1000
/** A second terminator (Enter and line feed) comes within this time of the first. */
const secondTerminatorMs = 60
/** A cashier who was told to scan again does so within this time. */
const againMs = 30_000

interface Fragment {
  readonly at: number
  /** `null`: its last key was still down when the next run began. */
  readonly holdMs: number | null
  readonly keys: number
}

/** Ends runs, and remembers of those before what bears on the next: pieces of scans, texts seen once. */
export class RunJudge {
  private readonly profile: ScannerProfile
  private readonly isWholeCode: (text: string) => boolean
  private fragment: Fragment | null = null
  private endedAt = Number.NEGATIVE_INFINITY
  private unterminated: { readonly text: string; readonly at: number } | null = null

  constructor(profile: ScannerProfile, isWholeCode: (text: string) => boolean) {
    this.profile = profile
    this.isWholeCode = isWholeCode
  }

  /** A terminator without a run before it: a person's, the second of two, or the end of a scan that broke off. */
  strayTerminator(at: number): Decision[] {
    if (at - this.endedAt <= secondTerminatorMs) return [{ kind: 'withhold' }]
    const piece = this.takeFragment(at)
    if (piece === null || piece.keys < 2) return []
    return [{ kind: 'withhold' }, rejection('broken-off', piece.at, at, 0)]
  }

  /** Did a scanner type this, as far as can be seen at the terminator? */
  isScan(run: ScanRun, end: Ending): boolean {
    return judgeRhythm(run, end, this.profile).kind !== 'person'
  }

  terminated(run: ScanRun, end: Ending, terminator: Scan['terminator']): Decision {
    const verdict = judgeRhythm(run, end, this.profile)
    if (verdict.kind === 'person') return releaseOf(run, this.profile)
    this.endedAt = end.at
    const piece = this.takeFragment(run.startedAt)
    const afterFragment =
      piece !== null && (verdict.kind === 'broken' || isSameHand(piece, verdict.holdMs))
    return outcomeOf(run, verdict, { at: end.at, terminator, afterFragment }, this.profile)
  }

  silent(run: ScanRun, now: number): Decision {
    const verdict = judgeRhythm(run, { at: run.lastAt, gap: null, waited: true }, this.profile)
    if (verdict.kind === 'person') {
      this.rememberLoneKey(run)
      return releaseOf(run, this.profile)
    }
    const piece = this.takeFragment(run.startedAt)
    const afterFragment =
      piece !== null && verdict.kind === 'scanner' && isSameHand(piece, verdict.holdMs)
    const end = { at: run.lastAt, terminator: 'none', afterFragment } as const
    const outcome = outcomeOf(run, verdict, end, this.profile)
    const whole =
      outcome.kind === 'scan' &&
      verdict.kind === 'scanner' &&
      this.isWhole(outcome.scan, now, verdict.gapMs, run)
    if (whole) {
      this.endedAt = now
      this.unterminated = null
      return outcome
    }
    const holdMs = verdict.kind === 'scanner' ? verdict.holdMs : 0
    this.fragment = { at: run.lastAt, holdMs, keys: run.keys }
    if (outcome.kind !== 'scan') return outcome
    this.unterminated = { text: outcome.scan.text, at: run.lastAt }
    return rejection('no-terminator', run.startedAt, run.lastAt, run.keys)
  }

  /**
   * The first half of a broken scan looks like a scan without terminator. It is taken for whole when its form says
   * so, when the same text came twice, or when the scanner is known to send no terminator and kept its pace.
   */
  private isWhole(scan: Scan, now: number, gapMs: number, run: ScanRun): boolean {
    if (this.isWholeCode(scan.text)) return true
    const last = this.unterminated
    if (last !== null && last.text === scan.text && run.startedAt - last.at <= againMs) return true
    const isQuiet = now - run.lastAt >= this.profile.quietMs
    if (this.profile.terminator !== 'none' || !isQuiet) return false
    return run.presses.every((press) => press.gap <= gapMs * 3 + 15)
  }

  private rememberLoneKey(run: ScanRun): void {
    const [press] = run.presses
    if (press === undefined || run.keys !== 1) return
    const holdMs = press.upAt === null ? null : press.upAt - press.stroke.at
    this.fragment = { at: run.lastAt, holdMs, keys: 1 }
  }

  private takeFragment(at: number): Fragment | null {
    const { fragment } = this
    this.fragment = null
    return fragment !== null && at - fragment.at <= fragmentMs ? fragment : null
  }
}

/** Could these keys be the same scanner's? A lone key says so only by how long it stayed down. */
function isSameHand(piece: Fragment, holdMs: number): boolean {
  if (piece.keys > 1 || piece.holdMs === null) return true
  const bothShort = piece.holdMs <= fingerHoldMs && holdMs <= fingerHoldMs
  return bothShort || Math.abs(piece.holdMs - holdMs) <= 1.5
}
