import type { KeyStroke } from '../../../renderer/scanner/key-stroke.ts'

/** What a decoder hears, and what it should make of it. */
export interface KeyStream {
  readonly family: string
  /** In the order and with the time stamps of the system. */
  readonly strokes: readonly KeyStroke[]
  /** While the main thread stands still, events wait and timers that fall due run first when it goes on. */
  readonly stalls: readonly Stall[]
  readonly scans: readonly WantedScan[]
}

export interface Stall {
  readonly from: number
  readonly to: number
}

export interface WantedScan {
  readonly text: string
  /** Spellings that count as right too: an AIM identifier or a frame left in place. */
  readonly also: readonly string[]
  /** False for a scan that was damaged on its way: the code is right, silence is right, anything else is wrong. */
  readonly required: boolean
}

export function wanted(text: string, also: readonly string[] = []): WantedScan {
  return { text, also, required: true }
}

export function damaged(text: string): WantedScan {
  return { text, also: [], required: false }
}

/** One keyboard queue: everything in the order of its time. */
export function merged(...parts: readonly (readonly KeyStroke[])[]): KeyStroke[] {
  return parts.flat().toSorted((a, b) => a.at - b.at)
}
