import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import { initialPreferences, Preferences, type PreferencesChange } from '../contract/preferences.ts'
import { noUpdates, UpdateState } from '../contract/updates.ts'
import { BackupState, noBackup } from '../contract/upkeep.ts'

/** What was chosen for this computer, and what it remembers besides. */
const Kept = Preferences.extend({ backup: BackupState, updates: UpdateState })
type Kept = z.infer<typeof Kept>

interface PreferencesFile {
  get(): Kept
  /** What is left out, or undefined, stays as it is. Throws when the disk refuses; nothing is changed then. */
  set(change: PreferencesChange | Partial<Kept>): void
}

/**
 * Keeps preferences in `preferences.json` in the folder, which is written under another name first and then renamed. A
 * damaged file is renamed to `.bad`, and the initial preferences are used. The language is at first that of
 * `systemLocale`.
 */
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
/** Older versions of this program kept some preferences in groups. */
const KeptBefore = z.looseObject({ placement: Group, appearance: Group, sound: Group })

/** `null` when there is no file, or it is damaged. */
function read(file: string, initial: Kept): Kept | null {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return null
    throw cause
  }
  const { data: kept } = KeptBefore.safeParse(parseJson(text))
  const { data } = Kept.safeParse(
    kept && { ...initial, ...kept.placement, ...kept.appearance, ...kept.sound, ...kept },
  )
  if (data === undefined) renameSync(file, `${file}.bad`)
  return data ?? null
}
