import { defaultScannerProfile, type ScannerProfile } from '../scanner-profile.ts'
import { median } from '../statistics.ts'
import { diagnose } from './diagnose.ts'
import type { Finding } from './finding.ts'
import { playedCode, textOf, type PlayedCode, type Sample } from './played-code.ts'

export interface Calibration {
  /** `null`: the scanner cannot be read until the findings are mended. */
  readonly profile: ScannerProfile | null
  readonly findings: readonly Finding[]
}

/** Slower than this a scan is tiresome; slower than `maxMsPerKey` it cannot be told from typing. */
const slowMs = 40
const ways = [
  { layout: 'code', capsLock: 'ignores-lock' },
  { layout: 'code', capsLock: 'follows-lock' },
  { layout: 'key', capsLock: 'ignores-lock' },
  { layout: 'key', capsLock: 'follows-lock' },
] as const satisfies readonly Partial<ScannerProfile>[]
type Way = (typeof ways)[number]

/** What known codes, scanned one after the other, say of the scanner. */
export function calibrate(samples: readonly Sample[]): Calibration {
  const played = samples.map(({ strokes }) => playedCode(strokes))
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
  if (gapMs > defaultScannerProfile.maxMsPerKey) return { profile: null, findings: ['too-slow'] }
  const terminators = new Set(played.map((each) => each.terminator))
  if (terminators.size > 1) return { profile: null, findings: ['varies'] }
  const profile = profileOf(played, best.way, best.frame, fitting)
  return { profile, findings: findingsOf(played, profile, gapMs) }
}

interface Frame {
  readonly prefix: string
  readonly suffix: string
}

/** What the scanner puts around every code when read this way; `null` when this is not how to read it. */
function commonFrame(
  samples: readonly Sample[],
  played: readonly PlayedCode[],
  way: Way,
): Frame | null {
  const frames = samples.map(({ code }, at) => {
    const text = textOf(played[at] ?? null, way)
    const from = text?.indexOf(code) ?? -1
    if (text === null || from === -1) return null
    return { prefix: text.slice(0, from), suffix: text.slice(from + code.length) }
  })
  const [first = null] = frames
  const same = frames.every(
    (frame) => frame?.prefix === first?.prefix && frame?.suffix === first?.suffix,
  )
  return same ? first : null
}

function profileOf(
  played: readonly PlayedCode[],
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
    // Where key and character agree, they go on being compared.
    layout: layouts.size === 2 ? 'auto' : way.layout,
    capsLock: way.capsLock,
    quietMs:
      terminator === 'none' ? Math.max(120, rhythm.gapMs * 4) : defaultScannerProfile.quietMs,
    rhythm,
  }
}

function findingsOf(
  played: readonly PlayedCode[],
  profile: ScannerProfile,
  gapMs: number,
): Finding[] {
  const noticed: readonly (readonly [Finding, boolean])[] = [
    ['caps-lock-on', played.some((each) => each.capsLock)],
    ['no-terminator', profile.terminator === 'none'],
    ['other-layout', profile.layout === 'code'],
    ['alt-codes', played.some((each) => each.usesAltCodes)],
    ['slow', gapMs > slowMs],
    ['prefix', profile.prefix !== ''],
    ['suffix', profile.suffix !== ''],
  ]
  return noticed.flatMap(([finding, isSo]) => (isSo ? [finding] : []))
}
