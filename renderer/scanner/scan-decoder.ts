import type { Decision } from './decision.ts'
import type { KeyStroke } from './key-stroke.ts'
import { RunDecoder } from './run-decoder.ts'
import type { Situation } from './run-judge.ts'
import type { ScannerProfile } from './scanner-profile.ts'

export interface ScanDecoder {
  /** Takes one key event; call it in the order of the events. Returns what to do with this event and those before. */
  push(stroke: KeyStroke): Decision[]
  /** Tells the decoder the time: ends a scan without terminator, and a run that was no scan. */
  elapse(now: number): Decision[]
  /** When to call `elapse` next, ms on the clock of the key events; `null`: nothing is waiting. */
  deadline(): number | null
  /** The window lost or got the focus: what had begun does not go on, and the end of a scan alone is no scan. */
  interrupt(at: number): Decision[]
  /** The profile passed in, with what was learnt about the scanner since. */
  readonly profile: ScannerProfile
}

export type DecoderOptions = Partial<Situation>

/** What is not given: no text proves itself whole, nobody is typing, and keys go to a field of the program's own. */
const usually: Situation = {
  isWholeCode: () => false,
  expectsTyping: () => false,
  target: () => 'own-field',
  takesAmount: () => false,
}

export function createScanDecoder(
  profile: ScannerProfile,
  options: DecoderOptions = {},
): ScanDecoder {
  return new RunDecoder(profile, { ...usually, ...options })
}
