import type { Decision, Scan } from './decision.ts'
import { scanAfterTyping } from './scan-after-typing.ts'
import { isTakenByInputMethod } from './taken-by-input-method.ts'
import { RhythmMemory } from './learnt-rhythm.ts'
import {
  fingerHoldMs,
  holdTimes,
  isUnsteadyScan,
  judgeRhythm,
  type RunEnding,
  type MachineRhythm,
  type RhythmVerdict,
} from './rhythm.ts'
import { codeOf, outcomeOf, rejection, releaseOf, type RunEnd } from './run-outcome.ts'
import type { ScanRun } from './scan-run.ts'
import { longestHiccupMs, type ScannerProfile } from './scanner-profile.ts'
import { median } from './statistics.ts'

/** After a piece of a scan without an end, what follows within this time may be its rest. */
const fragmentMs = 1000
/** Within this time even a few keys, too few to judge, count as that rest, and their Enter as its end. */
const tailMs = 600
/** A second terminator (Enter and line feed) comes within this time of the first. */
const secondTerminatorMs = 60
const aloneMs = 1000
/** Nobody presses a single key and then scans within this time, so such a key is the scan's own. */
const aloneGapMs = 400
const tornGapMs = 150
/** A cashier who was told to scan again does so within this time. */
const againMs = 30_000

/** A piece that may be the beginning of a scan. */
interface Fragment {
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

/** Judges runs when they end, and remembers what matters for the next: pieces of scans, and texts seen once. */
export class RunJudge {
  private readonly rhythms: RhythmMemory
  private settings: ScannerProfile
  private readonly isWholeCode: (text: string) => boolean
  private readonly expectsTyping: () => boolean
  private fragment: Fragment | null = null
  private endedAt = Number.NEGATIVE_INFINITY
  /** When the latest run ended. */
  private previousAt = Number.NEGATIVE_INFINITY
  private unterminated: { readonly text: string; readonly at: number } | null = null

  constructor(
    profile: ScannerProfile,
    isWholeCode: (text: string) => boolean,
    expectsTyping: () => boolean,
  ) {
    this.settings = profile
    this.rhythms = new RhythmMemory(profile.rhythm)
    this.isWholeCode = isWholeCode
    this.expectsTyping = expectsTyping
  }

  /** The profile with the rhythm learnt since. */
  get profile(): ScannerProfile {
    return this.settings
  }

  /**
   * A terminator without a run before it: typed by a person, the second of two, or the end of a scan that broke off.
   */
  strayTerminator(at: number): Decision[] {
    if (at - this.endedAt <= secondTerminatorMs) return [{ kind: 'withhold' }]
    const piece = this.fragment
    this.fragment = null
    const isTail = piece?.by === 'scanner' && piece.keys > 1
    if (!isTail || at - piece.at > fragmentMs) return []
    return [{ kind: 'withhold' }, rejection('broken-off', piece.at, at, 0)]
  }

  /** Whether a scanner typed this run, as far as that is known at the terminator. */
  isScan(run: ScanRun, end: RunEnding): boolean {
    const verdict = judgeRhythm(run, end, this.profile)
    return verdict.kind !== 'person' || isTakenByInputMethod(run, this.profile) || this.isTail(run)
  }

  terminated(run: ScanRun, end: RunEnding, terminator: Scan['terminator']): Decision {
    const verdict = judgeRhythm(run, end, this.profile)
    this.previousAt = end.at
    if (verdict.kind === 'person') {
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
    return outcome
  }

  private outcome(
    run: ScanRun,
    verdict: Exclude<RhythmVerdict, { kind: 'person' }>,
    end: Pick<RunEnd, 'at' | 'terminator'>,
  ): Decision {
    const afterFragment = this.followsFragment(run.startedAt, verdict)
    // What follows a piece of a scan is never read as typing; only a person's keys may be.
    if (this.expectsTyping() && !(afterFragment && this.fragment?.by === 'scanner')) {
      const found = scanAfterTyping(run, verdict, end, {
        profile: this.profile,
        isWholeCode: this.isWholeCode,
      })
      if (found !== null) return found
    }
    return outcomeOf(run, verdict, { ...end, afterFragment }, this.profile)
  }

  private learn({ gapMs, holdMs }: MachineRhythm): void {
    this.rhythms.heard({ gapMs, holdMs })
    this.settings = { ...this.settings, rhythm: this.rhythms.learnt }
  }

  /** A run that ended in silence: a scanner that sends no terminator, a scan that broke off, or a person. */
  silent(run: ScanRun, now: number): Decision[] {
    const verdict = judgeRhythm(run, { at: run.lastAt, gap: null }, this.profile)
    if (verdict.kind === 'person') {
      this.fragment = this.stillOpen(run) ?? (isSpace(run) ? null : pieceOf(run, this.previousAt))
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
    return [rejection('no-terminator', run.startedAt, run.lastAt, run.keys)]
  }

  private wholeCodes(
    run: ScanRun,
    verdict: MachineRhythm,
    scan: Scan,
    now: number,
  ): readonly Scan[] {
    return this.isWhole(scan, now, verdict.gapMs, run) ? [scan] : this.twoCodes(run, verdict)
  }

  /** Splits two codes without terminators at the pause between them, where the form of each shows that it is whole. */
  private twoCodes(run: ScanRun, verdict: MachineRhythm): readonly Scan[] {
    const own = run.presses.slice(verdict.foreign)
    const pause = Math.max(...own.map((press) => press.gap))
    if (pause <= longestOwnGapMs(verdict.gapMs)) return []
    const at = own.findIndex((press) => press.gap === pause)
    const codes = [own.slice(0, at), own.slice(at)].flatMap((presses) => {
      const end = { at: presses.at(-1)?.upAt ?? run.lastAt, terminator: 'none' } as const
      const code = codeOf(presses, verdict.holdMs, end, this.profile)
      return code.kind === 'scan' && this.isWholeCode(code.scan.text) ? [code.scan] : []
    })
    return codes.length === 2 ? codes : []
  }

  /**
   * Whether a scan without terminator is whole; the first half of a broken scan looks the same. It counts as whole when
   * its form shows it, when the same text came twice, or when the scanner is known to send no terminator and kept its
   * pace.
   */
  private isWhole(scan: Scan, now: number, gapMs: number, run: ScanRun): boolean {
    if (this.isWholeCode(scan.text)) return true
    const last = this.unterminated
    if (last !== null && last.text === scan.text && run.startedAt - last.at <= againMs) return true
    const isQuiet = now - run.lastAt >= this.profile.quietMs
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

  /** Rejects a run that was let through as typing when it was a scan too uneven to read. */
  unsteady(run: ScanRun, at: number): Decision[] {
    const isOne = isUnsteadyScan(run, this.profile)
    return isOne ? [rejection('unsteady', run.startedAt, at, run.keys)] : []
  }

  /** Whether these few keys are the end of the piece of a scan right before them; then the Enter is no person's. */
  private isTail(run: ScanRun): boolean {
    const pieceAt = this.fragment?.by === 'scanner' ? this.fragment.at : Number.NEGATIVE_INFINITY
    return run.startedAt - pieceAt <= tailMs
  }

  /** Returns the piece of a scan that these few keys may have continued before it broke off again. */
  private stillOpen(run: ScanRun): Fragment | null {
    const { fragment } = this
    const isOpen = fragment?.by === 'scanner' && run.startedAt - fragment.at <= fragmentMs
    return isOpen ? { ...fragment, at: run.lastAt } : null
  }

  private followsFragment(at: number, by: MachineRhythm): boolean {
    const { fragment } = this
    return fragment !== null && at - fragment.at <= fragmentMs && isSameHand(fragment, at, by)
  }
}

/** No code begins with a space: a single one is a person's, e.g. to choose a word of an input method. */
function isSpace(run: ScanRun): boolean {
  return run.presses.every((press) => press.stroke.code === 'Space')
}

/** Longest gap that counts as no pause at this pace. */
function longestOwnGapMs(gapMs: number): number {
  return gapMs * 3 + 15
}

/** Too few keys to judge: a person's, or the beginning of a scan that broke off. */
function pieceOf(run: ScanRun, previousAt: number): Fragment {
  const holds = holdTimes(run.presses)
  // An input method may deliver a finger's press and release at one instant.
  const isTaken = run.faults.includes('input-method')
  const isShort = !isTaken && holds.some((hold) => hold <= fingerHoldMs)
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
