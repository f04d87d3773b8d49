import type { ScannerProfile } from '../../main/contract/scanner-profile.ts'

export type { ScannerProfile } from '../../main/contract/scanner-profile.ts'

export type LearntRhythm = NonNullable<ScannerProfile['rhythm']>

export const defaultScannerProfile: ScannerProfile = {
  terminator: 'auto',
  endKey: null,
  quietMs: 250,
  maxMsPerKey: 80,
  minLength: 4,
  prefix: '',
  suffix: '',
  layout: 'auto',
  capsLock: 'ignores-lock',
  rhythm: null,
}

/** Longest text passed on; equals the contract's `maxPayloadLength`. */
export const maxScanLength = 256
/** A key may be this many times later than the scanner's pace before the scan counts as broken off. */
const lateness = 1.4

/**
 * Slowest scanner that is read, ms per key. Above `maxMsPerKey` only keys that no hand types so evenly, or lifts so
 * soon, count as a scan.
 */
export const slowestMsPerKey = 150
/** Silence between two keys, ms, that ends a run at such a pace. */
export const longestSlowGapMs = slowestMsPerKey * 1.3

/** A busy computer may stretch a gap within a scan to this much. */
export const longestHiccupMs = 240

/** Silence between two keys, in ms, beyond which they belong to one scan only if it clearly was one before. */
export function longestGapMs(profile: ScannerProfile): number {
  return profile.maxMsPerKey * lateness
}
