import type { ScannerProfile } from '../../main/contract/scanner-profile.ts'

export type { ScannerProfile } from '../../main/contract/scanner-profile.ts'

export type LearntRhythm = NonNullable<ScannerProfile['rhythm']>

export const defaultScannerProfile: ScannerProfile = {
  terminator: 'auto',
  quietMs: 250,
  maxMsPerKey: 80,
  minLength: 4,
  prefix: '',
  suffix: '',
  layout: 'auto',
  capsLock: 'ignores-lock',
  rhythm: null,
}

/** Longest payload handed on; the same number as the contract's `maxPayloadLength`. */
export const maxScanLength = 256
/** A key may come this much later than the scanner's pace before the scan counts as broken off. */
const lateness = 1.4

/** A computer that was busy may stretch a gap of a scan by this much. */
export const longestHiccupMs = 240

/** Silence between two keys, in ms, beyond which they belong to one scan only if it was clearly one before. */
export function longestGapMs(profile: ScannerProfile): number {
  return profile.maxMsPerKey * lateness
}
