import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'

/** What a decoder gets, and what it should make of it. */
export interface KeyStream {
  readonly family: string
  /** In the order and with the time stamps of the operating system. */
  readonly strokes: readonly KeyStroke[]
  /** While the main thread is blocked, events wait; afterwards the timers that are due run first. */
  readonly stalls: readonly Stall[]
  readonly scans: readonly WantedScan[]
}

export interface Stall {
  readonly from: number
  readonly to: number
}

export interface WantedScan {
  readonly text: string
  /** Other texts that count as right too: with an AIM identifier or a frame left in place. */
  readonly also: readonly string[]
  /** False for a scan that was damaged on its way: the code is right, no code is right, and anything else is wrong. */
  readonly required: boolean
}

export function wanted(text: string, also: readonly string[] = []): WantedScan {
  return { text, also, required: true }
}

export function damaged(text: string): WantedScan {
  return { text, also: [], required: false }
}

/** Merges streams into one keyboard queue, in order of time. */
export function merged(...parts: readonly (readonly KeyStroke[])[]): KeyStroke[] {
  return parts.flat().toSorted((a, b) => a.at - b.at)
}
