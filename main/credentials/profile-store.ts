import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { readFileIfThere, writePrivateFile } from './private-file.ts'
import { Profile } from './profile.ts'

export interface ProfileStore {
  /** `null` until this till is provisioned. Sees what another process (`hexiao-till provision`) has written. */
  get(): Profile | null
  set(profile: Profile): void
  /** A file was found that could not be read; it was kept aside under this name. */
  setAside(): string | null
}

/** `profile.json` in the live folder. A damaged one is kept as `.bad` and never taken for "not provisioned". */
export function openProfileStore(folder: string): ProfileStore {
  const file = path.join(folder, 'profile.json')
  const bad = `${file}.bad`
  let known: { readonly stamp: string; readonly profile: Profile } | null = null

  function read(): Profile | null {
    const stamp = stampOf(file)
    if (stamp === null) return null
    if (known?.stamp === stamp) return known.profile
    const content = readFileIfThere(file)
    if (content === null) return null
    const parsed = Profile.safeParse(parseJson(content))
    if (!parsed.success) {
      renameSync(file, bad)
      return null
    }
    known = { stamp, profile: parsed.data }
    return parsed.data
  }

  return {
    get: read,
    setAside: () => (read() === null && existsSync(bad) ? bad : null),
    set(profile) {
      const checked = Profile.parse(profile)
      writePrivateFile(file, Buffer.from(`${JSON.stringify(checked, null, 2)}\n`))
      rmSync(bad, { force: true })
    },
  }
}

/** Changes with every writing: a new file is renamed into place. */
function stampOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content))
  } catch {
    // Not JSON: the schema refuses it and the file is kept aside.
    return undefined
  }
}
