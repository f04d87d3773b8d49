import type { Misread } from '../../main/contract/counter.ts'
import type { KeyStroke } from './key-stroke.ts'

/** A code that was read whole and without doubt. */
export interface Scan {
  readonly text: string
  readonly source: 'scanned'
  /** AIM symbology identifier that the scanner sent before the code, e.g. `]Q3`; taken off `text`. */
  readonly aim: string | null
  readonly terminator: 'enter' | 'tab' | 'key' | 'none'
  /** Time stamps of the first and the last key, ms on the clock of `KeyStroke.at`. */
  readonly startedAt: number
  readonly endedAt: number
  readonly msPerChar: number
  /** Median time for which its keys were down, ms; `null` when no release was seen. */
  readonly holdMs: number | null
  readonly capsLock: boolean
  /** What a person typed into the field right before the scan, where typing was expected; it belongs to the field. */
  readonly typedBefore: string
}

/** Why a scan yielded no code. Each reason has its words in `words/<language>/scanner.json`. */
export type RejectReason = Misread

export interface Rejected {
  readonly why: RejectReason
  readonly startedAt: number
  readonly endedAt: number
  readonly keys: number
}

/** What to do about the stroke just pushed, or about the strokes before it. */
export type Decision =
  /** Hide this stroke from the page: no default action, no other listener. */
  | { readonly kind: 'withhold' }
  /** A scan may begin at this time: remember the content of the focused text field now. */
  | { readonly kind: 'watch'; readonly at: number }
  /**
   * This key was withheld because a scanner may have sent it, and proved to stand alone: a person pressed it, and it must act
   * now.
   */
  | { readonly kind: 'alone'; readonly stroke: KeyStroke }
  /** The strokes since `watch` were no scan. `withheld` is the text of the hidden ones, which the page must now get. */
  | { readonly kind: 'release'; readonly withheld: string }
  /** A person typed these digits where nothing has the focus. They were hidden from the page. `at`: when the last key went down. */
  | { readonly kind: 'amount'; readonly text: string; readonly at: number }
  /** The strokes since `watch` were a scan: undo what they changed in a text field. */
  | { readonly kind: 'scan'; readonly scan: Scan }
  | { readonly kind: 'rejected'; readonly rejected: Rejected }
  /** The stroke is a late part of a scan that an input method took, and that was rejected already. */
  | { readonly kind: 'rest' }

/** The shortest code, in keys. */
const fewestKeys = 4

/** Whether a scanner's keys led to this. Two or three quick keys are no scan, and a key after them is a person's. */
export function isOfScan(decision: Decision): boolean {
  if (decision.kind !== 'rejected') return decision.kind === 'scan'
  const { keys } = decision.rejected
  // None: a terminator alone, behind a piece of a scan.
  return keys === 0 || keys >= fewestKeys
}
