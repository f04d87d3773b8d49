import { z } from 'zod'
import { ScannerConnection } from './attached-scanner.ts'
import { CodeWrapping } from './code-wrapping.ts'
import { languages } from './language.ts'
import type { Permission } from './permission.ts'
import { themes } from './preference-choices.ts'
import { ReportPaper } from './report-file.ts'
import type { RequestKind } from './requests.ts'
import { ScannerProfile } from './scanner-profile.ts'

/**
 * What was chosen for this computer. The stored file, the snapshot and the request that changes a preference are all
 * derived from this list. A request contains only the preferences that it changes, so that a page with an outdated
 * snapshot does not undo an earlier change.
 */
export const Preferences = z.object({
  language: z.enum(languages),
  /** The scanner as calibration measured it; `null` before the first calibration. */
  scanner: ScannerProfile.nullable(),
  /** How a scanner is connected that does not type like a keyboard. */
  scannerConnection: ScannerConnection,
  wrapping: CodeWrapping,
  /** Whether the window is small and stays above all others, instead of filling the screen. */
  compact: z.boolean(),
  /**
   * After so many milliseconds without keyboard or mouse the compact window takes the focus back; `null` for never. A
   * person who is working in the POS program is not interrupted.
   */
  focusBackMs: z.number().int().min(1000).max(600_000).nullable(),
  theme: z.enum(themes),
  /** Percent of the normal text size. */
  textPercent: z.number().int().min(100).max(200),
  /** Percent of the greatest volume. */
  volumePercent: z.number().int().min(0).max(100),
  muted: z.boolean(),
  /** What is printed on. */
  paperSize: ReportPaper,
  /** Whether a second monitor shows the customer what was accepted. */
  customerDisplay: z.boolean(),
})
export type Preferences = z.infer<typeof Preferences>

/** The preferences before anybody changes them. The language begins as the system's. */
export const initialPreferences: Omit<Preferences, 'language'> = {
  scanner: null,
  scannerConnection: { kind: 'keyboard' },
  wrapping: { prefixes: [], urlParameters: [] },
  compact: false,
  focusBackMs: null,
  theme: 'system',
  textPercent: 100,
  volumePercent: 60,
  muted: false,
  paperSize: 'A4',
  customerDisplay: false,
}

/** The permission that changing each preference needs; `null` for none. */
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
  paperSize: 'redeem',
  customerDisplay: 'redeem',
} as const satisfies Record<keyof Preferences, Permission | null>

/** The preferences to change; one that is left out or undefined stays as it is. */
const PreferencesChange = Preferences.partial().strict()
export type PreferencesChange = z.infer<typeof PreferencesChange>

export const preferenceRequests = {
  'preferences.set': { input: PreferencesChange, output: z.null(), needs },
} as const satisfies Record<string, RequestKind>
