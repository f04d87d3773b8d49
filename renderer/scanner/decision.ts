import type { Misread } from '../../main/contract/counter.ts'

/** A code read whole and without doubt. */
export interface Scan {
  readonly text: string
  readonly source: 'scanned'
  /** AIM symbology identifier that the scanner sent before the code, e.g. `]Q3`; taken off `text`. */
  readonly aim: string | null
  readonly terminator: 'enter' | 'tab' | 'none'
  /** Time stamps of the first and the last key, ms on the clock of `KeyStroke.at`. */
  readonly startedAt: number
  readonly endedAt: number
  readonly msPerChar: number
  /** Median time that its keys stayed down, ms; `null` when no release was seen. */
  readonly holdMs: number | null
  readonly capsLock: boolean
  /** What a hand typed into the field right before it, where typing was expected: that belongs to the field. */
  readonly typedBefore: string
}

/** Why something that was a scan gave no code. Each has its words in `words/<language>/scanner.json`. */
export type RejectReason = Misread

export interface Rejected {
  readonly why: RejectReason
  readonly startedAt: number
  readonly endedAt: number
  readonly keys: number
}

/** What is to be done about the stroke just pushed, or about the strokes before it. */
export type Decision =
  /** Keep this stroke from the page: no default action, no other listener. */
  | { readonly kind: 'withhold' }
  /** This stroke may begin a scan: whoever guards a text field notes its content now. */
  | { readonly kind: 'watch' }
  /** The strokes since `watch` were no scan. `withheld` is the text of those kept back: it belongs to the page. */
  | { readonly kind: 'release'; readonly withheld: string }
  /** The strokes since `watch` were a scan: what they left in a text field is to be taken back. */
  | { readonly kind: 'scan'; readonly scan: Scan }
  | { readonly kind: 'rejected'; readonly rejected: Rejected }
