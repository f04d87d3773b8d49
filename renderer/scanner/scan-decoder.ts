import { assertNever } from '../../main/contract/result.ts'
import type { Decision, Scan } from './decision.ts'
import { HeldKeys } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'
import { judgeRhythm } from './rhythm.ts'
import { outcomeOf, rejection, releaseOf } from './run-outcome.ts'
import { ScanRun } from './scan-run.ts'
import { longestGapMs, type ScannerProfile } from './scanner-profile.ts'
import { roleOf, type StrokeRole } from './stroke-role.ts'

/** A piece of a scan without an end: what follows within this time may be its other half. */
const fragmentMs = 1000
/** A second terminator (Enter and line feed) comes within this time of the first. */
const secondTerminatorMs = 60
/** A cashier who was told to scan again does so within this time. */
const againMs = 30_000
const withholdGapMs = 30

export interface ScanDecoder {
  /** Takes the strokes in the order of the events; the answer says what to do with this one and those before. */
  push(stroke: KeyStroke): Decision[]
  /** Lets time pass: ends a scan without terminator, and a run that was no scan. */
  elapse(now: number): Decision[]
  /** When `elapse` should be called next, ms on the strokes' clock; `null`: nothing is waiting. */
  deadline(): number | null
  /** The window lost or got the focus: what was begun is not continued, and a tail is no scan. */
  interrupt(at: number): Decision[]
}

export interface DecoderOptions {
  /** Proof by its form that a text is a whole code, for scanners that end a scan with nothing. */
  readonly isWholeCode?: (text: string) => boolean
}

export function createScanDecoder(
  profile: ScannerProfile,
  options: DecoderOptions = {},
): ScanDecoder {
  return new Decoder(profile, options.isWholeCode ?? (() => false))
}

class Decoder implements ScanDecoder {
  private readonly held = new HeldKeys()
  private readonly profile: ScannerProfile
  private readonly isWholeCode: (text: string) => boolean
  private readonly longestGap: number
  private run: ScanRun | null = null
  private fragmentAt = Number.NEGATIVE_INFINITY
  private interruptedAt = Number.NEGATIVE_INFINITY
  private orphanAt = Number.NEGATIVE_INFINITY
  private endedAt = Number.NEGATIVE_INFINITY
  private unterminated: { readonly text: string; readonly at: number } | null = null

  constructor(profile: ScannerProfile, isWholeCode: (text: string) => boolean) {
    this.profile = profile
    this.isWholeCode = isWholeCode
    this.longestGap = longestGapMs(profile)
  }

  push(stroke: KeyStroke): Decision[] {
    if (stroke.type === 'keyup') return this.keyUp(stroke)
    const role = roleOf(stroke)
    const stale = this.run !== null && this.run.silenceBefore(stroke.at) > this.longestGap
    const decisions = stale ? this.closeUnterminated(stroke.at) : []
    if (stroke.repeat) return [...decisions, ...this.repeated(stroke)]
    const now = this.keyDown(stroke, role)
    if (now.some((decision) => decision.kind === 'withhold')) this.held.withhold(stroke)
    else this.held.press(stroke)
    return [...decisions, ...now]
  }

  elapse(now: number): Decision[] {
    const due = this.deadline()
    return due !== null && now >= due ? this.closeUnterminated(now) : []
  }

  deadline(): number | null {
    if (this.run === null) return null
    return this.run.lastAt + Math.max(this.profile.quietMs, this.longestGap)
  }

  interrupt(at: number): Decision[] {
    const decisions = this.run === null ? [] : this.closeUnterminated(this.run.lastAt)
    this.held.clear()
    this.interruptedAt = at
    return decisions
  }

  private keyDown(stroke: KeyStroke, role: StrokeRole): Decision[] {
    switch (role.kind) {
      case 'terminator':
        return this.terminate(stroke, role.as)
      case 'other':
        this.run?.fault('mixed-with-typing')
        return []
      case 'modifier': {
        const begun = this.begin(stroke)
        this.run?.modifier(stroke)
        return begun
      }
      case 'character':
        return this.character(stroke)
      default:
        return assertNever(role, 'stroke role')
    }
  }

  private begin(stroke: KeyStroke): Decision[] {
    if (this.run !== null) return []
    this.run = new ScanRun(stroke.at)
    if (stroke.at - this.interruptedAt <= this.longestGap) this.run.fault('broken-off')
    if (stroke.at - this.orphanAt <= this.longestGap) this.run.fault('lost-key')
    return [{ kind: 'watch' }]
  }

  private character(stroke: KeyStroke): Decision[] {
    const decisions = this.begin(stroke)
    const { run } = this
    if (run === null) return decisions
    const shiftAt = stroke.shift ? this.held.shiftSince() : run.startedAt
    const press = run.press(stroke, shiftAt === null || shiftAt < run.startedAt - this.longestGap)
    if (stroke.composing) run.fault('input-method')
    if (stroke.meta) run.fault('modifier-held')
    if (!this.isFast(run)) return decisions
    press.withheld = true
    return [...decisions, { kind: 'withhold' }]
  }

  /** Three keys faster than fingers: from here on the page gets none of them. */
  private isFast(run: ScanRun): boolean {
    const last = run.presses.slice(-3)
    return (
      last.length === 3 &&
      last.every(
        ({ gap, upAt, stroke }, at) =>
          (at === 0 || gap <= withholdGapMs) && (upAt ?? stroke.at) - stroke.at <= withholdGapMs,
      )
    )
  }

  private repeated(stroke: KeyStroke): Decision[] {
    this.run?.fault('repeated-key')
    return this.held.isWithheld(stroke) ? [{ kind: 'withhold' }] : []
  }

  private keyUp(stroke: KeyStroke): Decision[] {
    const withheld = this.held.isWithheld(stroke)
    const known = this.held.release(stroke)
    if (!known) this.orphanAt = stroke.at
    const { run } = this
    if (run !== null && run.silenceBefore(stroke.at) <= this.longestGap) {
      if (roleOf(stroke).kind === 'modifier') run.modifier(stroke)
      run.release(stroke)
      if (!known && run.keys > 0) run.fault('lost-key')
    } else run?.release(stroke)
    return withheld ? [{ kind: 'withhold' }] : []
  }

  private terminate(stroke: KeyStroke, terminator: Scan['terminator']): Decision[] {
    const { run } = this
    if (run === null || run.keys === 0) {
      this.run = null
      if (stroke.at - this.endedAt <= secondTerminatorMs) return [{ kind: 'withhold' }]
      if (stroke.at - this.fragmentAt > fragmentMs) return []
      this.fragmentAt = Number.NEGATIVE_INFINITY
      return [{ kind: 'withhold' }, rejection('broken-off', stroke.at, stroke.at, 0)]
    }
    this.run = null
    const verdict = judgeRhythm(run.presses, stroke.at, run.gapBefore(stroke.at), this.profile)
    if (verdict.kind === 'person') return [releaseOf(run, this.profile)]
    this.endedAt = stroke.at
    const afterFragment = run.startedAt - this.fragmentAt <= fragmentMs
    this.fragmentAt = Number.NEGATIVE_INFINITY
    const end = { at: stroke.at, terminator, afterFragment }
    return [{ kind: 'withhold' }, outcomeOf(run, verdict, end, this.profile)]
  }

  private closeUnterminated(now: number): Decision[] {
    const { run } = this
    this.run = null
    if (run === null || run.keys === 0) return []
    const verdict = judgeRhythm(run.presses, run.lastAt, null, this.profile)
    if (verdict.kind === 'person') {
      if (isLoneMachineKey(run)) this.fragmentAt = run.lastAt
      return [releaseOf(run, this.profile)]
    }
    const afterFragment = run.startedAt - this.fragmentAt <= fragmentMs
    const end = { at: run.lastAt, terminator: 'none', afterFragment } as const
    const outcome = outcomeOf(run, verdict, end, this.profile)
    if (outcome.kind !== 'scan' || verdict.kind === 'broken') {
      this.fragmentAt = run.lastAt
      return [outcome]
    }
    const quiet = now - run.lastAt >= this.profile.quietMs
    if (this.isWholeWithoutEnd(outcome.scan, quiet, verdict.gapMs, run)) {
      this.endedAt = now
      this.unterminated = null
      return [outcome]
    }
    this.fragmentAt = run.lastAt
    this.unterminated = { text: outcome.scan.text, at: run.lastAt }
    return [rejection('no-terminator', run.startedAt, run.lastAt, run.keys)]
  }

  /**
   * The first half of a broken scan looks like a scan without terminator. It is taken for whole when its form says
   * so, when the same text came twice, or when the scanner is known to send no terminator and kept its pace.
   */
  private isWholeWithoutEnd(scan: Scan, quiet: boolean, gapMs: number, run: ScanRun): boolean {
    if (this.isWholeCode(scan.text)) return true
    const last = this.unterminated
    if (last !== null && last.text === scan.text && run.startedAt - last.at <= againMs) return true
    if (this.profile.terminator !== 'none' || !quiet) return false
    return run.presses.every((press) => press.gap <= gapMs * 3 + 15)
  }
}

function isLoneMachineKey(run: ScanRun): boolean {
  const [press] = run.presses
  return (
    press !== undefined &&
    run.keys === 1 &&
    press.upAt !== null &&
    press.upAt - press.stroke.at <= 15
  )
}
