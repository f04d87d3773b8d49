import type { RejectReason } from '../decision.ts'
import { createScanDecoder } from '../scan-decoder.ts'
import type { ScannerProfile } from '../scanner-profile.ts'
import type { Finding } from './finding.ts'
import type { Sample } from './recorded-scan.ts'

/** Longer than any silence that ends a scan, ms. */
const silenceMs = 1000

/**
 * Lets the till's own decoder read the samples with this profile. Returns what keeps it from reading one of them; `null`
 * when it reads all, as it will from then on.
 */
export function failureOf(samples: readonly Sample[], profile: ScannerProfile): Finding | null {
  for (const { code, strokes } of samples) {
    const decoder = createScanDecoder(profile)
    const last = strokes.at(-1)?.at ?? 0
    const decisions = [
      ...strokes.flatMap((stroke) => decoder.push(stroke)),
      ...decoder.elapse(last + silenceMs),
    ]
    const isRead = decisions.some((each) => each.kind === 'scan' && each.scan.text === code)
    const rejected = decisions.find((each) => each.kind === 'rejected')
    if (rejected !== undefined) return findingFor[rejected.rejected.why] ?? 'uneven'
    // Neither read nor rejected: the decoder took the keys for a person's, because their times show nothing.
    if (!isRead) return 'all-at-once'
  }
  return null
}

const findingFor: Partial<Record<RejectReason, Finding>> = {
  'lost-key': 'drops-characters',
  'repeated-key': 'adds-characters',
  'layout-unclear': 'layout-unknown',
  'unreadable-key': 'control-characters',
  'function-key': 'function-keys',
  'case-unclear': 'unclear-case',
  'modifier-held': 'unclear-case',
  'remote-keys': 'remote-keys',
  'two-sources': 'two-sources',
  'all-at-once': 'all-at-once',
  'too-slow': 'too-slow',
}
