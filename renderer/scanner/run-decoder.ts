import { assertNever } from '../../main/contract/result.ts'
import { type Decision, isOfScan, type RejectReason, type Scan } from './decision.ts'
import { HeldKeys } from './held-keys.ts'
import { KeyFlow } from './key-flow.ts'
import type { KeyStroke } from './key-stroke.ts'
import { LoneKeys } from './lone-keys.ts'
import { OpenEnd } from './open-end.ts'
import { isFast } from './rhythm.ts'
import { released, releaseOf } from './run-outcome.ts'
import { RunJudge, type Situation } from './run-judge.ts'
import { ScanRun } from './scan-run.ts'
import { longestGapMs, longestHiccupMs, type ScannerProfile } from './scanner-profile.ts'
import { isClearlyHand } from './slow-rhythm.ts'
import { forgetSeparators } from './separators-in-front.ts'
import { SlowTrack } from './slow-track.ts'
import { roleOf, type StrokeRole } from './stroke-role.ts'
import { TakenRest } from './taken-rest.ts'

/** Behind `createScanDecoder`, which says what its methods do. */
export class RunDecoder {
  private readonly held = new HeldKeys()
  private readonly slow = new SlowTrack()
  private readonly lone: LoneKeys
  private readonly flow = new KeyFlow()
  private readonly rest = new TakenRest()
  private readonly judge: RunJudge
  private readonly longestGap: number
  private readonly quietMs: number
  private run: ScanRun | null = null
  private pending: OpenEnd | null = null
  private interruptedAt = Number.NEGATIVE_INFINITY
  /** Time of the latest release of a key that was never seen going down. */
  private orphanAt = Number.NEGATIVE_INFINITY

  constructor(profile: ScannerProfile, situation: Situation) {
    this.judge = new RunJudge(profile, situation)
    this.longestGap = longestGapMs(profile)
    this.quietMs = Math.max(profile.quietMs, this.longestGap)
    this.lone = new LoneKeys(situation.target, () => this.judge.profile.rhythm, this.quietMs)
  }

  get profile(): ScannerProfile {
    return this.judge.profile
  }

  push(stroke: KeyStroke): Decision[] {
    this.flow.event(stroke.at, stroke.type === 'keydown')
    const isAlone = this.run === null || this.run.isEmpty
    const rest = this.pending === null ? this.rest.take(stroke, this.held, isAlone) : null
    if (rest !== null) return rest
    return this.noted(stroke.type === 'keyup' ? this.keyUp(stroke) : this.keyDown(stroke))
  }

  elapse(now: number): Decision[] {
    const due = this.runDeadline()
    const isDue = due !== null && now >= due
    const closed = !isDue
      ? []
      : this.pending === null
        ? this.closeRun(now)
        : this.settlePending(now)
    return [...this.noted(closed), ...this.standingAlone(now)]
  }

  deadline(): number | null {
    const dues = [this.runDeadline(), this.lone.deadline()].filter((due) => due !== null)
    return dues.length === 0 ? null : Math.min(...dues)
  }

  interrupt(at: number): Decision[] {
    const decisions = this.settlePending(at)
    if (this.run !== null) decisions.push(...this.closeRun(this.run.lastAt))
    this.held.clear()
    this.slow.clear()
    this.lone.drop()
    this.interruptedAt = at
    return decisions
  }

  private runDeadline(): number | null {
    return this.pending?.dueAt ?? this.run?.quietAt(this.quietMs) ?? null
  }

  /** Keys that act on the program do not where a scan was heard, and do once a hand is known to have typed. */
  private noted(decisions: Decision[]): Decision[] {
    const isOver = decisions.some(({ kind }) => ['release', 'amount', 'rejected'].includes(kind))
    this.rest.noted(decisions)
    if (decisions.some(isOfScan)) this.lone.drop()
    else if (isOver && !this.slow.mayBecomeScan) this.lone.settle()
    return decisions
  }

  private standingAlone(now: number): Decision[] {
    const keys = this.lone.take(now)
    const { run } = this
    if (run?.presses.every((press) => keys.includes(press.stroke)) === true && keys.length > 0) {
      this.run = null
      this.slow.clear()
    }
    return keys.map((stroke) => ({ kind: 'alone', stroke }))
  }

  private keyDown(stroke: KeyStroke): Decision[] {
    const role = roleOf(stroke, this.profile.endKey)
    // Modifiers and a second terminator may belong to the scan that waits for its last key to come up.
    const isNext = role.kind === 'character' || role.kind === 'other'
    if (!stroke.repeat && this.pending?.press(stroke, role) === true) {
      this.held.withhold(stroke)
      return [{ kind: 'withhold' }]
    }
    const decisions = isNext ? this.settlePending(stroke.at) : []
    forgetSeparators([this.run, this.slow.runAt(stroke.at)], stroke, role)
    const endsSlow = role.kind === 'terminator' && this.takeSlowScan(stroke.at)
    if (!endsSlow && this.run !== null && this.judge.isOver(this.run, stroke.at)) {
      decisions.push(...this.closeRun(stroke.at))
    }
    if (stroke.repeat) return [...decisions, ...this.repeated(stroke, role)]
    const now = this.pressed(stroke, role)
    if (now.some((decision) => decision.kind === 'withhold')) this.held.withhold(stroke)
    else this.held.press(stroke)
    return [...decisions, ...now]
  }

  private pressed(stroke: KeyStroke, role: StrokeRole): Decision[] {
    switch (role.kind) {
      case 'terminator':
        return this.terminate(stroke, role.as)
      case 'other':
        return this.other(stroke)
      case 'modifier': {
        const begun = this.begin(stroke)
        this.run?.modifier(stroke)
        this.slow.modifier(stroke, this.quietBefore(stroke.at))
        return begun
      }
      case 'character':
        return this.character(stroke)
      default:
        return assertNever(role, 'stroke role')
    }
  }

  private quietBefore(at: number): number {
    return at - this.lone.lastCharacterAt
  }

  private begin({ at }: KeyStroke): Decision[] {
    if (this.run !== null) return []
    this.run = new ScanRun(at, this.quietBefore(at))
    if (at - this.interruptedAt <= this.longestGap) this.run.fault('broken-off')
    if (at - this.orphanAt <= this.longestGap) this.run.fault('lost-key')
    return [{ kind: 'watch', at }]
  }

  private character(stroke: KeyStroke): Decision[] {
    const { at } = stroke
    const decisions = this.begin(stroke)
    const { run } = this
    if (run === null) return decisions
    const foreignShift = this.held.hasShiftBefore(stroke, run.startedAt - this.longestGap)
    const press = run.press(stroke, foreignShift, this.flow.current)
    this.slow.press(stroke, foreignShift, this.quietBefore(at))
    if (!stroke.shift && this.held.shiftSince() !== null) {
      if (run.modifiers.isShiftDown) this.fault('lost-key')
      this.held.shiftIsUp()
    }
    if (stroke.composing) this.fault('input-method')
    if (stroke.meta) this.fault('modifier-held')
    press.withheld = this.judge.isOfAmount(stroke, run) || isFast(run)
    const isEnd = this.judge.isAfterScan(at)
    const isHeld = !press.withheld && !isEnd && this.lone.hold(stroke, () => this.isHand(at))
    if (!isHeld) this.lone.character(stroke)
    return press.withheld || isHeld ? [...decisions, { kind: 'withhold' }] : decisions
  }

  /** A key that is no part of any code: an arrow, a function key, Escape. */
  private other(stroke: KeyStroke): Decision[] {
    const { at } = stroke
    if (this.judge.isAfterScan(at)) return this.judge.strayTerminator(at)
    const { run } = this
    const isInScan = run !== null && this.judge.isScan(run, { at, gap: run.gapBefore(at) })
    run?.other(stroke)
    this.slow.other(stroke)
    return this.lone.hold(stroke, () => this.isHand(at)) || isInScan ? [{ kind: 'withhold' }] : []
  }

  /** What speaks against the run at hand speaks against the slow scan that it may be a part of. */
  private fault(reason: RejectReason): void {
    this.run?.fault(reason)
    this.slow.fault(reason)
  }

  private isHand(at: number): boolean {
    const run = this.slow.runAt(at)
    return run !== null && isClearlyHand(run)
  }

  private repeated(stroke: KeyStroke, role: StrokeRole): Decision[] {
    // Windows repeats a modifier that is held, and a slow scanner may hold Shift so long.
    if (role.kind !== 'modifier') this.fault('repeated-key')
    return this.held.isWithheld(stroke) ? [{ kind: 'withhold' }] : []
  }

  private keyUp(stroke: KeyStroke): Decision[] {
    this.pending?.release(stroke)
    const told = this.settleIfDecided(stroke.at)
    const withheld = this.held.isWithheld(stroke)
    const known = this.held.release(stroke)
    if (!known) this.orphanAt = stroke.at
    this.lone.release(stroke)
    const isModifier = roleOf(stroke).kind === 'modifier'
    // Under an input method, a scan may begin with a key that was never seen going down.
    const begun = !known && !isModifier && stroke.composing ? this.begin(stroke) : []
    const { run } = this
    if (run !== null && run.silenceBefore(stroke.at) <= longestHiccupMs) {
      if (isModifier) run.modifier(stroke)
      if (!known && run.keys > 0) this.fault('lost-key')
      if (stroke.composing) this.fault('input-method')
    }
    if (isModifier) this.slow.modifier(stroke, this.quietBefore(stroke.at))
    else {
      run?.release(stroke)
      this.slow.release(stroke)
    }
    return withheld ? [...told, ...begun, { kind: 'withhold' }] : [...told, ...begun]
  }

  /** Makes the slow run the run at hand, where this terminator shows that it is a scan. Returns whether it does. */
  private takeSlowScan(at: number): boolean {
    const { run } = this
    const slow = this.slow.runAt(at)
    if (slow === null || this.pending !== null) return false
    const isOwn = run !== null && !this.judge.isOver(run, at) && run.keys >= slow.keys
    if (isOwn || !this.judge.isSlowScan(slow, { at, gap: slow.gapBefore(at) })) return false
    this.run = slow
    return true
  }

  private terminate(stroke: KeyStroke, terminator: Scan['terminator']): Decision[] {
    const { at } = stroke
    const { run } = this
    this.run = null
    if (this.pending !== null) return [{ kind: 'withhold' }, ...this.settleIfDecided(at)]
    if (run === null || run.isEmpty) return this.endOfNothing(stroke)
    run.end(stroke)
    const end = { at, gap: run.gapBefore(at) }
    const slow = this.slow.runAt(at)
    this.slow.clear()
    if (!this.judge.isScan(run, end)) {
      const isHeld = this.lone.holdEnd(stroke, () => slow !== null && isClearlyHand(slow))
      const decided = [
        this.judge.terminated(run, end, terminator),
        ...this.judge.doubtful(slow ?? run, at),
      ]
      return isHeld ? [{ kind: 'withhold' }, ...decided] : decided
    }
    this.pending = new OpenEnd(run, end, terminator, this.judge.isProven(run, end))
    return [{ kind: 'withhold' }, ...this.settleIfDecided(at)]
  }

  /** A terminator without a run before it. */
  private endOfNothing(stroke: KeyStroke): Decision[] {
    const told = this.judge.strayTerminator(stroke.at)
    if (told.length > 0) return told
    return this.lone.holdEnd(stroke, () => this.isHand(stroke.at)) ? [{ kind: 'withhold' }] : []
  }

  private settleIfDecided(now: number): Decision[] {
    return this.pending?.isSettled === true ? this.settlePending(now) : []
  }

  private settlePending(now: number): Decision[] {
    const { pending } = this
    this.pending = null
    if (pending === null) return []
    const { run, keptBack, terminator } = pending
    const told = this.judge.terminated(run, pending.endAt(now), terminator)
    if (keptBack === null) return [told]
    const begun = this.character(keptBack).filter(({ kind }) => kind !== 'withhold')
    return pending.isOfOther ? [told, ...begun] : [told, ...begun, released(keptBack)]
  }

  private closeRun(now: number): Decision[] {
    const { run } = this
    this.run = null
    const isQuiet = run !== null && now >= run.lastAt + this.quietMs
    const slow = isQuiet ? this.slow.take() : this.slow.takeEnded(now)
    if (slow !== null && slow.keys > (run?.keys ?? 0) && this.judge.isSlowScan(slow, null)) {
      slow.end(null)
      return this.judge.silent(slow, now)
    }
    if (run === null || run.isEmpty) return []
    run.end(null)
    const decisions = this.judge.silent(run, now)
    const isTold = decisions.some(({ kind }) => kind === 'scan' || kind === 'rejected')
    if (slow !== null && !isTold) return [...decisions, ...this.judge.doubtful(slow, now, true)]
    // One key of a slow scan is no scan, and nothing is to be said of it before the others have come.
    return slow === null && this.slow.holds(run) ? [releaseOf(run, this.profile)] : decisions
  }
}
