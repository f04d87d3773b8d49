import { splitAim } from '../aim.ts'
import { withoutFrame } from '../control-characters.ts'
import { defaultScannerProfile, slowestMsPerKey, type ScannerProfile } from '../scanner-profile.ts'
import { median } from '../statistics.ts'
import { diagnose } from './diagnose.ts'
import type { Finding } from './finding.ts'
import { readScan, textOf, type RecordedScan, type Sample } from './recorded-scan.ts'
import { failureOf } from './trial.ts'

export interface Calibration {
  /** `null`: the scanner cannot be used until the findings are fixed. */
  readonly profile: ScannerProfile | null
  readonly findings: readonly Finding[]
}

/** Above this pace (ms per key) a scan is tiresome; above `slowestMsPerKey` it cannot be told from typing. */
const slowMs = 40
const ways = [
  { layout: 'code', capsLock: 'ignores-lock' },
  { layout: 'code', capsLock: 'follows-lock' },
  { layout: 'key', capsLock: 'ignores-lock' },
  { layout: 'key', capsLock: 'follows-lock' },
] as const satisfies readonly Partial<ScannerProfile>[]
type Way = (typeof ways)[number]

/** Derives the scanner's profile, and what should be fixed about it, from scans of known codes. */
export function calibrate(samples: readonly Sample[]): Calibration {
  const played = samples.map(({ strokes }) => readScan(strokes))
  if (played.some((each) => each.run.keys === 0)) return { profile: null, findings: ['not-heard'] }
  if (played.some((each) => each.throughInputMethod)) {
    return { profile: null, findings: ['input-method'] }
  }
  const fitting = ways.flatMap((way) => {
    const frame = commonFrame(samples, played, way)
    return frame === null ? [] : [{ way, frame }]
  })
  const [best] = fitting
  if (best === undefined) return { profile: null, findings: diagnose(samples, played) }
  const gapMs = median(played.map((each) => each.gapMs))
  if (gapMs > slowestMsPerKey) return { profile: null, findings: ['too-slow'] }
  const ends = new Set(played.map(({ terminator, endKey }) => endKey ?? terminator))
  if (ends.size > 1) return { profile: null, findings: ['varies'] }
  const profile = profileOf(played, best.way, best.frame, fitting)
  const failure = failureOf(samples, profile)
  return failure === null
    ? { profile, findings: findingsOf(played, profile, gapMs) }
    : { profile: null, findings: [failure] }
}

interface Frame {
  readonly prefix: string
  readonly suffix: string
}

/**
 * Returns what the scanner puts around every code when its keys are read this way; `null` when the codes do not come
 * out.
 */
function commonFrame(
  samples: readonly Sample[],
  played: readonly RecordedScan[],
  way: Way,
): Frame | null {
  const frames = samples.map(({ code }, at) => {
    const text = textOf(played[at] ?? null, way)
    const from = text?.indexOf(code) ?? -1
    if (text === null || from === -1) return null
    return {
      prefix: unlessKnown(text.slice(0, from)),
      suffix: unlessKnown(text.slice(from + code.length)),
    }
  })
  const [first = null] = frames
  const same = frames.every(
    (frame) => frame?.prefix === first?.prefix && frame?.suffix === first?.suffix,
  )
  return same ? first : null
}

/** What the decoder takes off any scan need not be learnt: an AIM identifier differs from symbology to symbology. */
function unlessKnown(affix: string): string {
  const { text } = splitAim(withoutFrame(affix))
  return withoutFrame(text) === '' ? '' : affix
}

function profileOf(
  played: readonly RecordedScan[],
  way: Way,
  frame: Frame,
  fitting: readonly { readonly way: Way }[],
): ScannerProfile {
  const layouts = new Set(fitting.map((each) => each.way.layout))
  const terminator = played[0]?.terminator ?? 'none'
  const rhythm = {
    gapMs: median(played.map((each) => each.gapMs)),
    holdMs: median(played.map((each) => each.holdMs)),
  }
  return {
    ...defaultScannerProfile,
    ...frame,
    terminator,
    endKey: played[0]?.endKey ?? null,
    // Both readings fit, so both go on being compared.
    layout: layouts.size === 2 ? 'auto' : way.layout,
    capsLock: way.capsLock,
    quietMs:
      terminator === 'none' ? Math.max(120, rhythm.gapMs * 4) : defaultScannerProfile.quietMs,
    rhythm,
  }
}

function findingsOf(
  played: readonly RecordedScan[],
  profile: ScannerProfile,
  gapMs: number,
): Finding[] {
  const noticed: readonly (readonly [Finding, boolean])[] = [
    ['caps-lock-on', played.some((each) => each.capsLock)],
    ['remote-keys', played.some((each) => each.lacksCodes)],
    ['no-terminator', profile.terminator === 'none'],
    ['other-terminator', profile.terminator === 'key'],
    ['enter-first', played.some((each) => each.startsWithTerminator)],
    ['other-layout', profile.layout === 'code'],
    ['alt-codes', played.some((each) => each.usesAltCodes)],
    ['slow', gapMs > slowMs],
    ['prefix', profile.prefix !== ''],
    ['suffix', profile.suffix !== ''],
  ]
  return noticed.flatMap(([finding, isSo]) => (isSo ? [finding] : []))
}
