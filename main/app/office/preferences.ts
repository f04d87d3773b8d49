import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseJson } from '../../contract/json.ts'
import { OfficePreferences, type OfficePreferencesChange } from '../../contract/office-requests.ts'
import { writePrivateFile } from '../../credentials/private-file.ts'

export interface OfficePreferencesFile {
  get(): OfficePreferences
  /** Throws when the disk refuses; nothing is changed then. */
  set(change: OfficePreferencesChange): void
}

/** Keeps how the window looks in `preferences.json` in the folder. A file that cannot be read is as none. */
export function openOfficePreferences(folder: string, systemLocale: string): OfficePreferencesFile {
  const file = path.join(folder, 'preferences.json')
  let current = read(file) ?? {
    language: systemLocale.startsWith('en') ? 'en' : 'zh-CN',
    theme: 'system',
    textPercent: 100,
  }
  return {
    get: () => current,
    set(change) {
      const given = Object.entries(change).filter(([, value]) => value !== undefined)
      const next = OfficePreferences.parse({ ...current, ...Object.fromEntries(given) })
      writePrivateFile(file, Buffer.from(`${JSON.stringify(next, null, 2)}\n`))
      current = next
    },
  }
}

function read(file: string): OfficePreferences | null {
  try {
    return OfficePreferences.safeParse(parseJson(readFileSync(file, 'utf8'))).data ?? null
  } catch {
    // None was written yet, or the disk fails, which the next choice says.
    return null
  }
}
