import { assertNever } from '../../main/contract/result.ts'
import type { Decision, Scan } from './decision.ts'
import { HeldKeys } from './held-keys.ts'
import type { KeyStroke } from './key-stroke.ts'
import { mayBecomeScan, type RunEnding } from './rhythm.ts'
import { RunJudge } from './run-judge.ts'
import { ScanRun } from './scan-run.ts'
import { longestGapMs, longestHiccupMs, type ScannerProfile } from './scanner-profile.ts'
import { roleOf, type StrokeRole } from './stroke-role.ts'

const withholdGapMs = 30
/** A key still down at the terminator gets this long to come up: a scanner's does, a finger's does not. */
const liftMs = 40

export interface ScanDecoder {
  /** Takes one key event; call it in the order of the events. Returns what to do with this event and those before. */
  push(stroke: KeyStroke): Decision[]
  /** Tells the decoder the time: ends a scan without terminator, and a run that was no scan. */
  elapse(now: number): Decision[]
  /** When to call `elapse` next, ms on the clock of the key events; `null`: nothing is waiting. */
  deadline(): number | null
  /** The window lost or got the focus: what had begun does not go on, and the end of a scan alone is no scan. */
  interrupt(at: number): Decision[]
  /** The profile passed in, with what was learnt about the scanner since. */
  readonly profile: ScannerProfile
}

export interface DecoderOptions {
  /** Returns whether the form of a text proves that it is a whole code, for scanners that send no terminator. */
  readonly isWholeCode?: (text: string) => boolean
  /** Returns whether a person is typing into a field, such as an amount, that a scan may follow at once. */
  readonly expectsTyping?: () => boolean
}

interface PendingEnd {
  readonly run: ScanRun
  readonly end: RunEnding
  readonly terminator: Scan['terminator']
}

export function createScanDecoder(
  profile: ScannerProfile,
  options: DecoderOptions = {},
): ScanDecoder {
  return new Decoder(
    profile,
    options.isWholeCode ?? (() => false),
    options.expectsTyping ?? (() => false),
  )
}

class Decoder implements ScanDecoder {
  private readonly held = new HeldKeys()
  private readonly judge: RunJudge
  private readonly longestGap: number
  private readonly quietMs: number
  private run: ScanRun | null = null
  /** A scan whose terminator came while one of its keys was still down. */
  private pending: PendingEnd | null = null
  private interruptedAt = Number.NEGATIVE_INFINITY
  /** Time of the latest release of a key that was never seen going down. */
  private orphanAt = Number.NEGATIVE_INFINITY

  constructor(
    profile: ScannerProfile,
    isWholeCode: (text: string) => boolean,
    expectsTyping: () => boolean,
  ) {
    this.judge = new RunJudge(profile, isWholeCode, expectsTyping)
    this.longestGap = longestGapMs(profile)
    this.quietMs = Math.max(profile.quietMs, this.longestGap)
  }

  get profile(): ScannerProfile {
    return this.judge.profile
  }

  push(stroke: KeyStroke): Decision[] {
    if (stroke.type === 'keyup') return this.keyUp(stroke)
    const role = roleOf(stroke)
    // Modifiers and a second terminator may belong to the scan that waits for its last key to come up.
    const isNext = role.kind === 'character' || role.kind === 'other'
    const decisions = isNext ? this.settlePending(stroke.at) : []
    if (this.run !== null && this.isOver(this.run, stroke.at)) {
      decisions.push(...this.closeRun(stroke.at))
    }
    if (stroke.repeat) return [...decisions, ...this.repeated(stroke)]
    const now = this.keyDown(stroke, role)
    if (now.some((decision) => decision.kind === 'withhold')) this.held.withhold(stroke)
    else this.held.press(stroke)
    return [...decisions, ...now]
  }

  elapse(now: number): Decision[] {
    const due = this.deadline()
    if (due === null || now < due) return []
    return this.pending === null ? this.closeRun(now) : this.settlePending(now)
  }

  deadline(): number | null {
    if (this.pending !== null) return this.pending.end.at + liftMs
    return this.run === null ? null : this.run.lastAt + this.quietMs
  }

  interrupt(at: number): Decision[] {
    const decisions = this.settlePending(at)
    if (this.run !== null) decisions.push(...this.closeRun(this.run.lastAt))
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
    if (!isFast(run)) return decisions
    press.withheld = true
    return [...decisions, { kind: 'withhold' }]
  }

  private isOver(run: ScanRun, at: number): boolean {
    const silence = run.silenceBefore(at)
    if (silence <= this.longestGap) return false
    return silence > longestHiccupMs || !mayBecomeScan(run, this.profile)
  }

  private repeated(stroke: KeyStroke): Decision[] {
    this.run?.fault('repeated-key')
    return this.held.isWithheld(stroke) ? [{ kind: 'withhold' }] : []
  }

  private keyUp(stroke: KeyStroke): Decision[] {
    const withheld = this.held.isWithheld(stroke)
    const known = this.held.release(stroke)
    if (!known) this.orphanAt = stroke.at
    const isModifier = roleOf(stroke).kind === 'modifier'
    // Under an input method, a scan may begin with a key that was never seen going down.
    const begun = !known && !isModifier && stroke.composing ? this.begin(stroke) : []
    const { run } = this
    if (run !== null && run.silenceBefore(stroke.at) <= longestHiccupMs) {
      if (isModifier) run.modifier(stroke)
      if (!known && run.keys > 0) run.fault('lost-key')
      if (stroke.composing) run.fault('input-method')
    }
    if (!isModifier) run?.release(stroke)
    const decisions: Decision[] = withheld ? [...begun, { kind: 'withhold' }] : begun
    this.pending?.run.release(stroke)
    return this.pending?.run.allUp === true
      ? [...decisions, ...this.settlePending(stroke.at)]
      : decisions
  }

  private terminate(stroke: KeyStroke, terminator: Scan['terminator']): Decision[] {
    const { at } = stroke
    const { run } = this
    this.run = null
    if (this.pending !== null) {
      if (this.pending.run.isDown(stroke)) this.pending.run.fault('repeated-key')
      return [{ kind: 'withhold' }]
    }
    if (run === null || run.isEmpty) return this.judge.strayTerminator(at)
    const end = { at, gap: run.gapBefore(at) }
    if (!this.judge.isScan(run, end)) {
      return [this.judge.terminated(run, end, terminator), ...this.judge.unsteady(run, at)]
    }
    if (run.allUp) return [{ kind: 'withhold' }, this.judge.terminated(run, end, terminator)]
    this.pending = { run, end, terminator }
    return [{ kind: 'withhold' }]
  }

  private settlePending(now: number): Decision[] {
    const { pending } = this
    this.pending = null
    if (pending === null) return []
    const { run, end, terminator } = pending
    return [this.judge.terminated(run, { ...end, at: Math.max(now, end.at) }, terminator)]
  }

  private closeRun(now: number): Decision[] {
    const { run } = this
    this.run = null
    return run === null || run.isEmpty ? [] : this.judge.silent(run, now)
  }
}

/** Whether three keys came faster than fingers can: from here on they are hidden from the page. */
function isFast(run: ScanRun): boolean {
  const last = run.presses.slice(-3)
  return (
    last.length === 3 &&
    last.every(
      ({ gap, upAt, stroke }, at) =>
        (at === 0 || gap <= withholdGapMs) && (upAt ?? stroke.at) - stroke.at <= withholdGapMs,
    )
  )
}
