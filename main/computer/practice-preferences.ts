import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseJson } from '../contract/json.ts'
import { Preferences, type PreferencesChange } from '../contract/preferences.ts'

/** What a practice takes over: the till looks and scans as it does every day. Its scanner's port stays the live till's. */
const TakenOver = Preferences.omit({ scannerConnection: true, compact: true, focusBackMs: true })

/** Reads the preferences of the live till, in whose folder the practice has its own, and changes nothing there. */
export function preferencesOfLiveTill(practiceFolder: string): PreferencesChange {
  try {
    const text = readFileSync(path.join(practiceFolder, '..', 'preferences.json'), 'utf8')
    return TakenOver.partial().safeParse(parseJson(text)).data ?? {}
  } catch {
    // None were saved yet.
    return {}
  }
}
