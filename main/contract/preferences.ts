import { z } from 'zod'
import { ScannerConnection } from './attached-scanner.ts'
import { CodeWrapping } from './code-wrapping.ts'
import { Language } from './language.ts'
import type { Permission } from './permission.ts'
import type { RequestKind } from './requests.ts'
import { ScannerProfile } from './scanner-profile.ts'

export const themes = ['system', 'light', 'dark', 'contrast'] as const

/** How long the till lets another program have the keyboard, ms; `null`: for ever. */
export const focusBackChoices = [3000, 5000, 10_000, 30_000, null] as const

/**
 * What was chosen for this computer: the one list. The file that keeps the choices, the snapshot that shows them and the
 * request that changes them are made of it. Each is changed by itself: two changes in a row must not undo each other by what the
 * page had not heard yet.
 */
export const Preferences = z.object({
  language: Language,
  /** The calibrated scanner; `null` until the wizard was run. */
  scanner: ScannerProfile.nullable(),
  /** Which scanner is read, beside those that type. */
  scannerConnection: ScannerConnection,
  wrapping: CodeWrapping,
  /** A small window that stays above all others, in place of the whole screen. */
  compact: z.boolean(),
  /**
   * The compact window takes the focus back when nobody has touched keyboard or mouse for so long, ms. Whoever works
   * in the POS is never interrupted.
   */
  focusBackMs: z.number().int().min(1000).max(600_000).nullable(),
  theme: z.enum(themes),
  /** Of the usual text size. */
  textPercent: z.number().int().min(100).max(200),
  /** Of the loudest. */
  volumePercent: z.number().int().min(0).max(100),
  muted: z.boolean(),
})
export type Preferences = z.infer<typeof Preferences>

/** Until somebody chooses. The language is the system's. */
export const initialPreferences: Omit<Preferences, 'language'> = {
  scanner: null,
  scannerConnection: { kind: 'keyboard' },
  wrapping: { prefixes: [], urlParameters: [] },
  compact: false,
  focusBackMs: 5000,
  theme: 'system',
  textPercent: 100,
  volumePercent: 60,
  muted: false,
}

/** Who may change which. */
const needs = {
  language: null,
  scanner: 'set-scanner',
  scannerConnection: 'set-scanner',
  wrapping: 'set-scanner',
  compact: null,
  focusBackMs: null,
  theme: 'redeem',
  textPercent: 'redeem',
  volumePercent: 'redeem',
  muted: 'redeem',
} as const satisfies Record<keyof Preferences, Permission | null>

/** Some of them; what is left out, or undefined, stays as it is. */
const PreferencesChange = Preferences.partial().strict()
export type PreferencesChange = z.infer<typeof PreferencesChange>

export const preferenceRequests = {
  'preferences.set': { input: PreferencesChange, output: z.null(), needs },
} as const satisfies Record<string, RequestKind>
