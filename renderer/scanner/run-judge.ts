import { earliestStart } from './bunched-keys.ts'
import type { Decision, RejectReason, Scan } from './decision.ts'
import type { KeyStroke } from './key-stroke.ts'
import type { KeyTarget } from './lone-keys.ts'
import { scanAfterTyping } from './scan-after-typing.ts'
import { isTakenByInputMethod } from './taken-by-input-method.ts'
import { RhythmMemory } from './learnt-rhythm.ts'
import { Rejections } from './rejections.ts'
import {
  isUnsteadyScan,
  judgeRhythm,
  mayBecomeScan,
  type MachineRhythm,
  type RhythmVerdict,
} from './rhythm.ts'
import { codeOf, type Judged, outcomeOf, rejection, releaseOf, type RunEnd } from './run-outcome.ts'
import { type Fragment, fragmentMs, fragmentOf, mayBeRest } from './scan-fragment.ts'
import type { ScanRun, RunEnding } from './scan-run.ts'
import { longestGapMs, longestHiccupMs, type ScannerProfile } from './scanner-profile.ts'
import { isOfAmount } from './typed-amount.ts'
import { longestOwnGapMs, twoCodes } from './two-codes.ts'
import { isTooSlowScan, judgeSlowRhythm } from './slow-rhythm.ts'

/** Within this time even a few keys, too few to judge, count as that rest, and their Enter as its end. */
const tailMs = 600
/**
 * A second terminator (Enter and line feed, Enter twice) comes within this time of the one before: at the pace of the slowest scanner,
 * and no person presses Enter so soon after the scanner did.
 */
const secondTerminatorMs = 250
/** Nobody types so many keys while a computer stands still. */
const fewestNobodyTypes = 20
/** A cashier who was told to scan again does so within this time. */
const againMs = 30_000

/** What the page tells about the moment. */
export interface Situation {
  /** Returns whether the form of a text proves that it is a whole code, for scanners that send no terminator. */
  readonly isWholeCode: (text: string) => boolean
  /** Returns whether a person is typing into a field, such as an amount, that a scan may follow at once. */
  readonly expectsTyping: () => boolean
  /** Returns what the focused element does with keys. */
  readonly target: () => KeyTarget
  /** Returns whether digits that are typed where nothing has the focus begin an amount. */
  readonly takesAmount: () => boolean
}

/** Judges runs when they end, and remembers what matters for the next: pieces of scans, and texts seen once. */
export class RunJudge {
  private readonly rhythms: RhythmMemory
  private settings: ScannerProfile
  private readonly situation: Situation
  private fragment: Fragment | null = null
  private readonly rejections = new Rejections()
  private endedAt = Number.NEGATIVE_INFINITY
  /** When the latest run ended. */
  private previousAt = Number.NEGATIVE_INFINITY
  private unterminated: { readonly text: string; readonly at: number } | null = null

  constructor(profile: ScannerProfile, situation: Situation) {
    this.settings = profile
    this.rhythms = new RhythmMemory(profile.rhythm)
    this.situation = situation
  }

  /** The profile with the rhythm learnt since. */
  get profile(): ScannerProfile {
    return this.settings
  }

  /**
   * A terminator without a run before it: typed by a person, the second of two, or the end of a scan that broke off.
   */
  strayTerminator(at: number): Decision[] {
    if (this.isAfterScan(at)) {
      this.endedAt = at
      return [{ kind: 'withhold' }]
    }
    const piece = this.fragment
    this.fragment = null
    const isTail = piece?.by === 'scanner' && piece.keys > 1
    if (!isTail || at - piece.at > fragmentMs) return []
    return [{ kind: 'withhold' }, rejection('broken-off', piece.at, at, 0)]
  }

  /** Whether a scan ended so shortly before that this key is one more of its own. */
  isAfterScan(at: number): boolean {
    return at - this.endedAt <= secondTerminatorMs
  }

  /** Whether a scanner typed this run, as far as that is known at the terminator. */
  isScan(run: ScanRun, end: RunEnding): boolean {
    if (isTakenByInputMethod(run, this.profile)) return true
    const verdict = this.verdictOf(run, end)
    if (verdict.kind === 'bunched') return this.provenByForm(run, verdict, end.at) !== null
    return verdict.kind !== 'person' || this.isTail(run)
  }

  /** Whether the run's latest key may be a person's amount. */
  isOfAmount(stroke: KeyStroke, run: ScanRun): boolean {
    return isOfAmount(stroke, run, this.situation, this.profile)
  }

  /** Whether the run ended before this key went down. */
  isOver(run: ScanRun, at: number): boolean {
    const silence = run.silenceBefore(at)
    if (silence <= longestGapMs(this.profile)) return false
    return silence > longestHiccupMs || !mayBecomeScan(run, this.profile)
  }

  /** Whether a slow scanner typed this run. `end`: `null` when it ended in silence. */
  isSlowScan(run: ScanRun, end: RunEnding | null): boolean {
    const ending = end ?? { at: run.lastAt, gap: null }
    return judgeSlowRhythm(run, ending, this.profile).kind === 'scanner'
  }

  /**
   * What the rhythm tells. A pace that changes may be two scanners' or a busy computer's; where no key lies over another and the
   * form proves the code, it is the computer's, unless another scanner goes on behind the terminator (open-end.ts).
   */
  private verdictOf(run: ScanRun, end: RunEnding): RhythmVerdict {
    const verdict = this.rhythmOf(run, end)
    if (verdict.kind !== 'broken' || verdict.why !== 'two-sources') return verdict
    const hasOverlaps = run.presses.some(({ overlapped }) => overlapped)
    if (hasOverlaps || this.provenByForm(run, verdict, end.at) === null) return verdict
    return { ...verdict, kind: 'scanner' }
  }

  private rhythmOf(run: ScanRun, end: RunEnding): RhythmVerdict {
    const verdict = judgeRhythm(run, end, this.profile)
    return verdict.kind === 'person' ? judgeSlowRhythm(run, end, this.profile) : verdict
  }

  /** Whether rhythm and form alone prove that these are all its keys, and no others. */
  isProven(run: ScanRun, end: RunEnding): boolean {
    const verdict = this.rhythmOf(run, end)
    return verdict.kind === 'scanner' && this.provenByForm(run, verdict, end.at) !== null
  }

  /** Returns the code of keys that came all at once, where its form alone proves that it is a whole code. */
  private provenByForm(
    run: ScanRun,
    { foreign, holdMs }: MachineRhythm,
    at: number,
  ): Decision | null {
    if (run.faults.length > 0 || run.overflowed) return null
    const end = { at, terminator: 'none' } as const
    const code = codeOf(run.presses.slice(foreign), holdMs, end, this.profile)
    const isProven = code.kind === 'scan' && this.situation.isWholeCode(code.scan.text)
    return isProven ? code : null
  }

  terminated(run: ScanRun, end: RunEnding, terminator: Scan['terminator']): Decision {
    const verdict = this.verdictOf(run, end)
    this.previousAt = end.at
    const proven = verdict.kind === 'bunched' ? this.provenByForm(run, verdict, end.at) : null
    if (proven?.kind === 'scan') {
      this.endedAt = end.at
      this.fragment = null
      return { kind: 'scan', scan: { ...proven.scan, terminator } }
    }
    if (verdict.kind === 'person' || verdict.kind === 'bunched') {
      const isTail = this.isTail(run)
      this.fragment = null
      return isTail
        ? rejection('broken-off', run.startedAt, end.at, run.keys)
        : this.typed(run, end.at)
    }
    this.endedAt = end.at
    const outcome = this.outcome(run, verdict, { at: end.at, terminator })
    this.fragment = null
    if (outcome.kind === 'scan') this.learn(verdict)
    if (outcome.kind === 'rejected') this.rejections.note(outcome.rejected)
    return outcome
  }

  private outcome(run: ScanRun, verdict: Judged, end: Pick<RunEnd, 'at' | 'terminator'>): Decision {
    const isInPieces = verdict.isSlow || (this.fragment?.at ?? run.startedAt) > run.startedAt
    // The pieces of a slow scan are its single keys: what came before shows in the silence alone.
    const isRest = isInPieces
      ? run.quietMs <= fragmentMs
      : mayBeRest(run.startedAt, this.fragment, verdict)
    const afterFragment = isRest || this.rejections.mayGoOnIn(run)
    // What follows a piece of a scan is never read as typing; only a person's keys may be.
    if (this.situation.expectsTyping() && !(afterFragment && this.fragment?.by === 'scanner')) {
      const found = scanAfterTyping(run, verdict, end, {
        profile: this.profile,
        isWholeCode: this.situation.isWholeCode,
      })
      if (found !== null) return found
    }
    const outcome = outcomeOf(run, verdict, { ...end, afterFragment }, this.profile)
    const isWhole = outcome.kind === 'scan' && this.situation.isWholeCode(outcome.scan.text)
    // A run that was held up began before the silence in front of it, right behind the piece.
    const isHeldUpRest =
      !isWhole && !isInPieces && mayBeRest(earliestStart(run), this.fragment, verdict)
    return outcome.kind === 'scan' && isHeldUpRest
      ? rejection('broken-off', run.startedAt, end.at, run.keys)
      : outcome
  }

  private learn({ gapMs, holdMs }: MachineRhythm): void {
    this.rhythms.heard({ gapMs, holdMs })
    this.settings = { ...this.settings, rhythm: this.rhythms.learnt }
  }

  /** A run that ended in silence: a scanner that sends no terminator, a scan that broke off, or a person. */
  silent(run: ScanRun, now: number): Decision[] {
    const verdict = this.rhythmOf(run, { at: run.lastAt, gap: null })
    const proven = verdict.kind === 'bunched' ? this.provenByForm(run, verdict, run.lastAt) : null
    if (proven !== null) {
      this.endedAt = now
      this.fragment = null
      return [proven]
    }
    if (verdict.kind === 'person' || verdict.kind === 'bunched') {
      this.fragment = fragmentOf(run, this.fragment, this.previousAt)
      this.previousAt = run.lastAt
      return [this.typed(run, run.lastAt)]
    }
    const outcome = this.outcome(run, verdict, { at: run.lastAt, terminator: 'none' })
    const codes = outcome.kind === 'scan' ? this.wholeCodes(run, verdict, outcome.scan, now) : []
    if (codes.length > 0) {
      this.endedAt = now
      this.unterminated = null
      this.fragment = null
      return codes.map((scan) => ({ kind: 'scan', scan }))
    }
    const { gapMs, holdMs } = verdict
    this.fragment = { at: run.lastAt, keys: run.keys, by: 'scanner', isAlone: false, gapMs, holdMs }
    if (outcome.kind !== 'scan') return [outcome]
    this.unterminated = { text: outcome.scan.text, at: run.lastAt }
    const why = run.lastOther === null ? 'no-terminator' : 'other-terminator'
    return [rejection(why, run.startedAt, run.lastAt, run.keys)]
  }

  private wholeCodes(
    run: ScanRun,
    verdict: MachineRhythm,
    scan: Scan,
    now: number,
  ): readonly Scan[] {
    if (this.isWhole(scan, now, verdict.gapMs, run)) return [scan]
    return twoCodes(run, verdict, this.profile, this.situation.isWholeCode)
  }

  /**
   * Whether a scan without terminator is whole; the first half of a broken scan looks the same. It counts as whole when
   * its form shows it, when the same text came twice, or when the scanner is known to send no terminator and kept its
   * pace.
   */
  private isWhole(scan: Scan, now: number, gapMs: number, run: ScanRun): boolean {
    if (this.situation.isWholeCode(scan.text)) return true
    const last = this.unterminated
    if (last !== null && last.text === scan.text && run.startedAt - last.at <= againMs) return true
    const isQuiet = now >= run.lastAt + this.profile.quietMs
    if (this.profile.terminator !== 'none' || !isQuiet) return false
    return run.presses.every((press) => press.gap <= longestOwnGapMs(gapMs))
  }

  /** No scanner's rhythm in what arrived: typed by a person, or by a scanner behind an input method. */
  private typed(run: ScanRun, at: number): Decision {
    if (isTakenByInputMethod(run, this.profile)) {
      this.endedAt = at
      this.fragment = null
      return rejection('input-method', run.startedAt, at, run.releases.length)
    }
    return releaseOf(run, this.profile)
  }

  /** Rejects a run that was let through as typing when it may well have been a scan. */
  doubtful(run: ScanRun, at: number, isOverInSilence = false): Decision[] {
    const why = this.doubtOf(run, at, isOverInSilence)
    return why === null ? [] : [rejection(why, run.startedAt, at, run.keys)]
  }

  private doubtOf(run: ScanRun, at: number, isOverInSilence: boolean): RejectReason | null {
    if (judgeRhythm(run, { at, gap: null }, this.profile).kind === 'bunched') {
      const isNowhere = this.situation.target() === 'none'
      return run.keys >= (isNowhere ? this.profile.minLength : fewestNobodyTypes)
        ? 'all-at-once'
        : null
    }
    if (!isOverInSilence && isUnsteadyScan(run, this.profile)) return 'unsteady'
    return isTooSlowScan(run) ? 'too-slow' : null
  }

  /** Whether these few keys are the end of the piece of a scan right before them; then the Enter is no person's. */
  private isTail(run: ScanRun): boolean {
    const pieceAt = this.fragment?.by === 'scanner' ? this.fragment.at : Number.NEGATIVE_INFINITY
    return run.startedAt - pieceAt <= tailMs
  }
}
