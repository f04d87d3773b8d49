/** What is known of the scanner in use: the defaults, or what calibration and use have taught. */
export interface ScannerProfile {
  /**
   * What ends a scan. `auto`: Enter or Tab; a scan without either is taken only when its text proves that it is
   * whole, because the first half of a broken scan looks the same.
   */
  readonly terminator: 'auto' | 'enter' | 'tab' | 'none'
  /** Silence that ends a scan without terminator, ms. */
  readonly quietMs: number
  /** Slowest scanner that is listened to, mean milliseconds per key. */
  readonly maxMsPerKey: number
  /** Shortest code; fewer keys prove too little. */
  readonly minLength: number
  /** Characters that the scanner puts around every code; they are required and taken off. */
  readonly prefix: string
  readonly suffix: string
  /** Which of `event.code` (scanner plays a US keyboard) and `event.key` (it plays the system's layout) is right. */
  readonly layout: 'auto' | 'code' | 'key'
  /**
   * `ignores-lock`: Shift alone makes capitals and Caps Lock turns them round (the factory setting of most).
   * `follows-lock`: the scanner watches Caps Lock and makes up for it.
   */
  readonly capsLock: 'ignores-lock' | 'follows-lock'
  /** Learnt rhythm; `null` until enough scans were heard. */
  readonly rhythm: LearntRhythm | null
}

export interface LearntRhythm {
  /** Median time from one key of a scan to the next, ms. */
  readonly gapMs: number
  /** Median time that a key stays down, ms. */
  readonly holdMs: number
}

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
