import type { Decision, RejectReason, Scan } from './decision.ts'
import { readKey } from './read-key.ts'
import type { RhythmVerdict } from './rhythm.ts'
import type { ScanRun } from './scan-run.ts'
import type { ScannerProfile } from './scanner-profile.ts'
import { transcribe } from './transcript.ts'

export interface RunEnd {
  readonly at: number
  readonly terminator: Scan['terminator']
  /** A piece of a scan without end came shortly before: this may be the rest of it. */
  readonly afterFragment: boolean
}

/** A run that a scanner typed: its code, or why it gives none. */
export function outcomeOf(
  run: ScanRun,
  verdict: Exclude<RhythmVerdict, { kind: 'person' }>,
  end: RunEnd,
  profile: ScannerProfile,
): Decision {
  const doubt = doubtOf(run, verdict, end)
  if (doubt !== null || verdict.kind === 'broken') {
    return rejection(doubt ?? 'broken-off', run.startedAt, end.at, run.keys)
  }
  const own = run.presses.slice(verdict.foreign)
  const read = transcribe(own, profile)
  if (!read.ok) return rejection(read.error, run.startedAt, end.at, run.keys)
  const startedAt = own[0]?.stroke.at ?? run.startedAt
  const lastKeyAt = own.at(-1)?.stroke.at ?? run.lastAt
  const scan: Scan = {
    ...read.value,
    source: 'scanned',
    terminator: end.terminator,
    startedAt,
    endedAt: end.at,
    msPerChar: (lastKeyAt - startedAt) / Math.max(1, read.value.text.length - 1),
    holdMs: verdict.holdMs,
    capsLock: own.some((press) => press.stroke.capsLock),
  }
  return { kind: 'scan', scan }
}

function doubtOf(
  run: ScanRun,
  verdict: Exclude<RhythmVerdict, { kind: 'person' }>,
  end: RunEnd,
): RejectReason | null {
  const [fault] = run.faults
  if (fault !== undefined) return fault
  if (verdict.kind === 'broken') return verdict.why
  if (run.overflowed) return 'too-long'
  if (end.afterFragment) return 'broken-off'
  const own = run.presses.slice(verdict.foreign)
  return own.some((press) => press.foreignShift) ? 'modifier-held' : null
}

export function rejection(
  why: RejectReason,
  startedAt: number,
  endedAt: number,
  keys: number,
): Decision {
  return { kind: 'rejected', rejected: { why, startedAt, endedAt, keys } }
}

/** A run that a person typed: what was kept back of it goes to the page after all. */
export function releaseOf(run: ScanRun, profile: ScannerProfile): Decision {
  const withheld = run.presses
    .filter((press) => press.withheld)
    .map((press) => readKey(press.stroke, press.stroke.capsLock, profile))
    .map(({ byKey, byCode }) => byKey ?? byCode ?? '')
    .join('')
  return { kind: 'release', withheld }
}
