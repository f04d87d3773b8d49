import { createHash } from 'node:crypto'
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { parseJson } from '../contract/json.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'
import { Profile } from './profile.ts'

export interface ProfileStore {
  /**
   * `null` before this till is provisioned. Returns also what another process (`hexiao-till provision`) has written.
   */
  get(): Profile | null
  set(profile: Profile): void
  /** Returns the digest of the file as it is; `null` where there is none. */
  digest(): string | null
  /** Returns the digest that the file has after `set`. */
  digestOf(profile: Profile): string
  /**
   * Where a profile that could not be read was moved to, while no other one is there; `null` if that did not happen.
   */
  damagedFile(): string | null
}

/** Keeps the profile in `profile.json` in the live folder. A damaged file is kept as `.bad`, to tell it from none. */
export function openProfileStore(folder: string): ProfileStore {
  const file = path.join(folder, 'profile.json')
  const bad = `${file}.bad`
  let cached: { readonly version: string; readonly profile: Profile } | null = null

  function read(): Profile | null {
    const version = versionOf(file)
    if (version === null) return null
    if (cached?.version === version) return cached.profile
    const content = readFileIfThere(file)
    if (content === null) return null
    const parsed = Profile.safeParse(parseJson(new TextDecoder().decode(content)))
    if (!parsed.success) {
      renameSync(file, bad)
      return null
    }
    cached = { version, profile: parsed.data }
    return parsed.data
  }

  return {
    get: read,
    damagedFile: () => (read() === null && existsSync(bad) ? bad : null),
    set(profile) {
      writePrivateFile(file, contentOf(profile))
      rmSync(bad, { force: true })
    },
    digest() {
      const content = readFileIfThere(file)
      return content && sha256(content)
    },
    digestOf: (profile) => sha256(contentOf(profile)),
  }
}

function contentOf(profile: Profile): Buffer {
  return Buffer.from(`${JSON.stringify(Profile.parse(profile), null, 2)}\n`)
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('base64')
}

/** Changes each time the file is written, because a new file is renamed into place; `null` when there is none. */
function versionOf(file: string): string | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat === undefined ? null : `${stat.ino} ${stat.mtimeMs} ${stat.size}`
}
