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
}

/** Returns everything that a decoder makes of these strokes, time-outs included. */
export function hear(
  strokes: readonly KeyStroke[],
  profile: Partial<ScannerProfile> = {},
  options: DecoderOptions = {},
): Heard {
  const decoder = createScanDecoder({ ...defaultScannerProfile, ...profile }, options)
  const decisions = strokes.flatMap((each) => {
    const due = decoder.deadline()
    const timedOut = due !== null && due <= each.at ? decoder.elapse(due) : []
    return [...timedOut, ...decoder.push(each)]
  })
  const due = decoder.deadline()
  if (due !== null) decisions.push(...decoder.elapse(due))
  return {
    decisions,
    texts: decisions.flatMap((each) => (each.kind === 'scan' ? [each.scan.text] : [])),
    rejected: decisions.flatMap((each) => (each.kind === 'rejected' ? [each.rejected.why] : [])),
  }
}

/** Returns the strokes of several sources in order of time, as one keyboard queue delivers them. */
export function inOrder(...parts: readonly (readonly KeyStroke[])[]): KeyStroke[] {
  return parts.flat().toSorted((a, b) => a.at - b.at)
}
