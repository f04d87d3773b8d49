import type { Decision, RejectReason } from '../../../renderer/scanner/decision.ts'
import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'
import { createScanDecoder, type DecoderOptions } from '../../../renderer/scanner/scan-decoder.ts'
import {
  defaultScannerProfile,
  type ScannerProfile,
} from '../../../renderer/scanner/scanner-profile.ts'

export interface Heard {
  readonly texts: readonly string[]
  readonly rejected: readonly RejectReason[]
  readonly decisions: readonly Decision[]
  /** The keys that reached the page: what was not withheld, and what proved to stand alone. */
  readonly passed: readonly KeyStroke[]
  /** When each key acted that proved to stand alone. */
  readonly alone: readonly { readonly stroke: KeyStroke; readonly at: number }[]
}

/** Returns everything that a decoder makes of these strokes, time-outs included. */
export function hear(
  strokes: readonly KeyStroke[],
  profile: Partial<ScannerProfile> = {},
  options: DecoderOptions = {},
): Heard {
  const decoder = createScanDecoder({ ...defaultScannerProfile, ...profile }, options)
  const decisions: Decision[] = []
  const passed: KeyStroke[] = []
  const alone: { stroke: KeyStroke; at: number }[] = []
  function decided(at: number, now: readonly Decision[]): void {
    decisions.push(...now)
    for (const each of now) if (each.kind === 'alone') alone.push({ stroke: each.stroke, at })
  }
  function elapse(until: number): void {
    for (let due = decoder.deadline(); due !== null && due <= until; due = decoder.deadline()) {
      decided(due, decoder.elapse(due))
    }
  }
  for (const each of strokes) {
    elapse(each.at)
    const now = decoder.push(each)
    decided(each.at, now)
    if (now.every(({ kind }) => kind !== 'withhold')) passed.push(each)
  }
  elapse(Number.POSITIVE_INFINITY)
  return {
    decisions,
    passed: [...passed, ...alone.map(({ stroke }) => stroke)],
    alone,
    texts: decisions.flatMap((each) => (each.kind === 'scan' ? [each.scan.text] : [])),
    rejected: decisions.flatMap((each) => (each.kind === 'rejected' ? [each.rejected.why] : [])),
  }
}

/** Returns the strokes of several sources in order of time, as one keyboard queue delivers them. */
export function inOrder(...parts: readonly (readonly KeyStroke[])[]): KeyStroke[] {
  return parts.flat().toSorted((a, b) => a.at - b.at)
}
