import { renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { readFileIfThere, writePrivateFile } from './private-file.ts'
import { Profile } from './profile.ts'

export interface ProfileStore {
  /** `null` until this till is provisioned. */
  get(): Profile | null
  set(profile: Profile): void
  clear(): void
  /** A file was there and could not be read; it is kept aside under this name. */
  readonly setAside: string | null
}

/** `profile.json` in the live folder. */
export function openProfileStore(folder: string): ProfileStore {
  const file = path.join(folder, 'profile.json')
  const content = readFileIfThere(file)
  const parsed = content === null ? null : Profile.safeParse(parseJson(content))
  let current = parsed?.success ? parsed.data : null
  const setAside = parsed !== null && !parsed.success ? `${file}.bad` : null
  if (setAside !== null) renameSync(file, setAside)
  return {
    setAside,
    get: () => current,
    set(profile) {
      const checked = Profile.parse(profile)
      writePrivateFile(file, Buffer.from(`${JSON.stringify(checked, null, 2)}\n`))
      current = checked
    },
    clear() {
      rmSync(file, { force: true })
      current = null
    },
  }
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content))
  } catch {
    // Not JSON: the schema refuses it and the file is kept aside.
    return undefined
  }
}
