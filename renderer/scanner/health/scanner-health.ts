import type { AttachedState } from '../../../main/contract/attached-scanner.ts'
import type { Rejected, Scan } from '../decision.ts'
import { median } from '../statistics.ts'

/** Gravest first. Their words: `health.<code>` in `words/<language>/scanner.json`. */
export const healthNotes = [
  'not-connected',
  'window-not-in-front',
  'input-method-on',
  'caps-lock-on',
  'reading-badly',
  'drifting-slow',
  'not-heard',
] as const
export type HealthNote = (typeof healthNotes)[number]

/** `at`: epoch ms. */
export type HealthEvent =
  | { readonly kind: 'scan'; readonly at: number; readonly scan: Pick<Scan, 'msPerChar'> }
  | { readonly kind: 'rejected'; readonly at: number; readonly rejected: Pick<Rejected, 'why'> }
  /** A serial or HID-POS scanner, which does not type, read a code. */
  | { readonly kind: 'attached' }
  /** A person typed a code. */
  | { readonly kind: 'typed'; readonly at: number }
  | { readonly kind: 'focus'; readonly inFront: boolean }
  | { readonly kind: 'lock'; readonly capsLock: boolean }

export interface ScannerHealth {
  readonly inFront: boolean
  readonly capsLock: boolean
  /** The latest attempts, newest last: true where a code was read. */
  readonly attempts: readonly boolean[]
  /** Milliseconds per character of the latest scans. */
  readonly paces: readonly number[]
  /** The same when the scanner worked well: as calibrated, or as in its first scans. */
  readonly usualPaceMs: number | null
  readonly typedSinceScan: number
  readonly takenByInputMethodAt: number | null
}

export const healthAtStart: ScannerHealth = {
  inFront: true,
  capsLock: false,
  attempts: [],
  paces: [],
  usualPaceMs: null,
  typedSinceScan: 0,
  takenByInputMethodAt: null,
}

const rememberedAttempts = 10
const badAttempts = 3
const rememberedPaces = 5
/** After so many typed codes in a row the scanner counts as not heard. */
const typedInARow = 2
const inputMethodNoticeMs = 60_000

/** Returns the health after an event. */
export function afterEvent(health: ScannerHealth, event: HealthEvent): ScannerHealth {
  switch (event.kind) {
    case 'scan':
      return afterScan(health, event.scan.msPerChar)
    case 'rejected':
      return {
        ...health,
        attempts: [...health.attempts, false].slice(-rememberedAttempts),
        typedSinceScan: 0,
        takenByInputMethodAt:
          event.rejected.why === 'input-method' ? event.at : health.takenByInputMethodAt,
      }
    case 'attached':
      return {
        ...health,
        attempts: [...health.attempts, true].slice(-rememberedAttempts),
        typedSinceScan: 0,
      }
    case 'typed':
      return { ...health, typedSinceScan: health.typedSinceScan + 1 }
    case 'focus':
      return { ...health, inFront: event.inFront }
    case 'lock':
      return { ...health, capsLock: event.capsLock }
    default:
      return event satisfies never
  }
}

function afterScan(health: ScannerHealth, paceMs: number): ScannerHealth {
  const paces = [...health.paces, paceMs].slice(-rememberedPaces)
  const isEnough = paces.length === rememberedPaces
  return {
    ...health,
    attempts: [...health.attempts, true].slice(-rememberedAttempts),
    paces,
    usualPaceMs: health.usualPaceMs ?? (isEnough ? median(paces) : null),
    typedSinceScan: 0,
    takenByInputMethodAt: null,
  }
}

/** Returns what a cashier should know about the scanner now. */
export function notesOf(
  health: ScannerHealth,
  now: number,
  attached: AttachedState = 'off',
): readonly HealthNote[] {
  const takenAt = health.takenByInputMethodAt
  const isSo: Record<HealthNote, boolean> = {
    'not-connected': attached === 'absent' || attached === 'unavailable',
    'window-not-in-front': !health.inFront && attached === 'off',
    'input-method-on': takenAt !== null && now - takenAt <= inputMethodNoticeMs,
    'caps-lock-on': health.capsLock && attached === 'off',
    'reading-badly': health.attempts.filter((read) => !read).length >= badAttempts,
    'drifting-slow': isDriftingSlow(health),
    'not-heard': health.typedSinceScan >= typedInARow,
  }
  return healthNotes.filter((note) => isSo[note])
}

/** Whether it is nearly twice as slow as usual, and by more than a few ms. */
function isDriftingSlow({ paces, usualPaceMs }: ScannerHealth): boolean {
  if (usualPaceMs === null || paces.length < rememberedPaces) return false
  const paceMs = median(paces)
  return paceMs >= usualPaceMs * 1.8 && paceMs - usualPaceMs >= 10
}
