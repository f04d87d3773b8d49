import type * as fc from 'fast-check'

/** One kind of input from outside, with what must hold whatever it contains. */
export interface FuzzKind {
  readonly name: string
  /** How many inputs CI plays, and how many `npm run fuzz` does. */
  readonly counts: { readonly short: number; readonly long: number }
  open(): Promise<Target>
}

/** What the inputs are played on. */
export interface Target {
  /** Calls `play` with one input of the run. Rejects when something does not hold. */
  property(play: Play): fc.IAsyncProperty<unknown>
  /** Checks what must hold after the whole run, and closes everything. Returns what happened, for the printed line. */
  close(): Promise<string>
}

/** Measures one input: no input may keep the program's own thread busy for a second. */
export type Play = (work: () => Promise<void> | void) => Promise<void>
