import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { Appearance, defaultAppearance, defaultSound, Sound } from '../contract/appearance.ts'
import { ScannerConnection } from '../contract/attached-scanner.ts'
import { bareCodes, CodeWrapping } from '../contract/code-wrapping.ts'
import { defaultPlacement, Placement } from '../contract/placement.ts'
import { ScannerProfile } from '../contract/scanner-profile.ts'
import { Language } from '../contract/language.ts'
import { noUpdates, UpdateState } from '../contract/updates.ts'
import { BackupState, noBackup } from '../contract/upkeep.ts'

const typesItself: ScannerConnection = { kind: 'keyboard' }

const Preferences = z.object({
  language: Language,
  scanner: ScannerProfile.nullable().default(null),
  scannerConnection: ScannerConnection.default(typesItself),
  wrapping: CodeWrapping.default(bareCodes),
  placement: Placement.default(defaultPlacement),
  appearance: Appearance.default(defaultAppearance),
  sound: Sound.default(defaultSound),
  backup: BackupState.default(noBackup),
  updates: UpdateState.default(noUpdates),
})
export type Preferences = z.infer<typeof Preferences>

interface PreferencesFile {
  get(): Preferences
  set(change: Partial<Preferences>): void
}

/** `preferences.json` in the folder, written whole and renamed into place. A damaged file is kept as `.bad`. */
export function openPreferences(folder: string, systemLocale: string): PreferencesFile {
  const file = path.join(folder, 'preferences.json')
  const language = systemLocale.startsWith('en') ? 'en' : 'zh-CN'
  let current = read(file) ?? Preferences.parse({ language })
  return {
    get: () => current,
    set: (change) => {
      const next = { ...current, ...change }
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${file}.new`, file)
      current = next
    },
  }
}

function read(file: string): Preferences | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
  const parsed = Preferences.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  renameSync(file, `${file}.bad`)
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses it and the file is kept aside.
    return undefined
  }
}
