import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { initialPreferences, Preferences, type PreferencesChange } from '../contract/preferences.ts'
import { noUpdates, UpdateState } from '../contract/updates.ts'
import { BackupState, noBackup } from '../contract/upkeep.ts'

/** Beside what was chosen, what this computer has to remember of itself. */
const Kept = Preferences.extend({ backup: BackupState, updates: UpdateState })
type Kept = z.infer<typeof Kept>

interface PreferencesFile {
  get(): Kept
  /** What is left out, or undefined, stays as it is. */
  set(change: PreferencesChange | Partial<Kept>): void
}

/** `preferences.json` in the folder, written whole and renamed into place. A damaged file is kept as `.bad`. */
export function openPreferences(folder: string, systemLocale: string): PreferencesFile {
  const file = path.join(folder, 'preferences.json')
  const initial: Kept = {
    ...initialPreferences,
    language: systemLocale.startsWith('en') ? 'en' : 'zh-CN',
    backup: noBackup,
    updates: noUpdates,
  }
  let current = read(file, initial) ?? initial
  return {
    get: () => current,
    set: (change) => {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const next = Kept.parse({ ...current, ...Object.fromEntries(given) })
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, `${JSON.stringify(next, null, 2)}\n`, { mode: 0o600 })
      renameSync(`${file}.new`, file)
      current = next
    },
  }
}

const Group = z.looseObject({}).optional()
/** An older program kept some preferences in groups. */
const KeptBefore = z.looseObject({ placement: Group, appearance: Group, sound: Group })

function read(file: string, initial: Kept): Kept | undefined {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
  const { data: kept } = KeptBefore.safeParse(parseJson(text))
  const { data } = Kept.safeParse(
    kept && { ...initial, ...kept.placement, ...kept.appearance, ...kept.sound, ...kept },
  )
  if (data === undefined) renameSync(file, `${file}.bad`)
  return data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema refuses it and the file is kept aside.
    return undefined
  }
}
