import type { Decision, RejectReason, Scan } from './decision.ts'
import { hasCode, type KeyStroke } from './key-stroke.ts'
import { readKey } from './read-key.ts'
import { fingerHoldMs, type RhythmVerdict } from './rhythm.ts'
import type { Press, ScanRun } from './scan-run.ts'
import type { ScannerProfile } from './scanner-profile.ts'
import { transcribe } from './transcript.ts'

export interface RunEnd {
  readonly at: number
  readonly terminator: Scan['terminator']
  /** A piece of a scan came shortly before: this may be the rest of it. */
  readonly afterFragment: boolean
}

export type Judged = Exclude<RhythmVerdict, { kind: 'person' | 'bunched' }>

/** Returns the code of a run that a scanner typed, or why it yields none. */
export function outcomeOf(
  run: ScanRun,
  verdict: Judged,
  end: RunEnd,
  profile: ScannerProfile,
): Decision {
  const doubt = doubtOf(run, verdict, end)
  if (doubt !== null) return rejection(doubt, run.startedAt, end.at, run.keys)
  return codeOf(run.presses.slice(verdict.foreign), verdict.holdMs, end, profile)
}

/** Returns the code that these keys spell, or why they spell none. */
export function codeOf(
  presses: readonly Press[],
  holdMs: number,
  end: Pick<RunEnd, 'at' | 'terminator'>,
  profile: ScannerProfile,
): Decision {
  const startedAt = presses[0]?.stroke.at ?? end.at
  const lastKeyAt = presses.at(-1)?.stroke.at ?? end.at
  const read = transcribe(presses, profile)
  if (!read.ok) return rejection(read.error, startedAt, end.at, presses.length)
  const scan: Scan = {
    ...read.value,
    source: 'scanned',
    terminator: end.terminator,
    startedAt,
    endedAt: end.at,
    msPerChar: (lastKeyAt - startedAt) / Math.max(1, read.value.text.length - 1),
    holdMs,
    capsLock: presses.some((press) => press.stroke.capsLock),
    typedBefore: '',
  }
  return { kind: 'scan', scan }
}

function doubtOf(run: ScanRun, verdict: Judged, end: RunEnd): RejectReason | null {
  const fault = run.faults.find((each) => each === 'input-method') ?? run.faults[0]
  if (fault !== undefined) return isOfInjectedKeys(run, fault) ? 'remote-keys' : fault
  if (verdict.kind === 'broken') return verdict.why
  if (run.overflowed) return 'too-long'
  if (end.afterFragment) return 'broken-off'
  const own = run.presses.slice(verdict.foreign)
  return own.some((press) => press.foreignShift) ? 'modifier-held' : null
}

/** Whether keys that a program or a remote desktop injects explain this fault: theirs come out of order, and Shift with them. */
function isOfInjectedKeys(run: ScanRun, fault: RejectReason): boolean {
  return injectionFaults.includes(fault) && run.presses.some(({ stroke }) => !hasCode(stroke))
}
const injectionFaults: readonly RejectReason[] = [
  'case-unclear',
  'lost-key',
  'modifier-held',
  'repeated-key',
]

export function rejection(
  why: RejectReason,
  startedAt: number,
  endedAt: number,
  keys: number,
): Decision {
  return { kind: 'rejected', rejected: { why, startedAt, endedAt, keys } }
}

/** The run was typed by a person: passes on what was withheld from the page. */
export function releaseOf(run: ScanRun, profile: ScannerProfile): Decision {
  if (run.isAmount) return amountOf(run, profile) ?? { kind: 'release', withheld: '' }
  const withheld = run.presses.filter((press) => press.withheld)
  return { kind: 'release', withheld: textOf(withheld, profile) }
}

/** Returns the amount that a person typed; `null` where the keys are none, or one was up sooner than a finger lifts it. */
function amountOf({ presses, faults }: ScanRun, profile: ScannerProfile): Decision | null {
  const at = presses.at(-1)?.stroke.at
  const isHands = presses.every(
    ({ upAt, stroke }) => (upAt ?? Infinity) - stroke.at >= fingerHoldMs,
  )
  const text = textOf(presses, profile)
  const isAmount = isHands && faults.length === 0 && /^[\d.]+$/u.test(text)
  return isAmount && at !== undefined ? { kind: 'amount', text, at } : null
}

/** A person's key that was kept from the page for a moment. */
export function released({ key }: KeyStroke): Decision {
  return { kind: 'release', withheld: key }
}

/** Returns what these keys would have typed. */
export function textOf(presses: readonly Press[], profile: ScannerProfile): string {
  return presses
    .map((press) => readKey(press.stroke, press.stroke.capsLock, profile))
    .map(({ byKey, byCode }) => byKey ?? byCode ?? '')
    .join('')
}
