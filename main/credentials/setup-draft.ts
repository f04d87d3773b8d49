import { rmSync } from 'node:fs'
import path from 'node:path'
import { parseJson } from '../contract/json.ts'
import { Host, SetupDraft } from '../contract/setup.ts'
import {
  appidPattern,
  merchantIdPattern,
  publicKeyIdPattern,
  tillIdPattern,
} from '../contract/setup-patterns.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'

export interface SetupDraftStore {
  /** `null` when no set-up was begun, or its file is damaged. */
  get(): SetupDraft | null
  set(draft: SetupDraft): void
  clear(): void
}

/**
 * Keeps what a person has entered of an unfinished set-up in `setup-draft.json` in the live folder, so that they can go on
 * with it later. It holds no key, not even a public one, and no text that has not the form of its field: whatever is
 * pasted into the wrong one, or chosen as the wrong file, may be a secret.
 */
export function openSetupDraft(folder: string): SetupDraftStore {
  const file = path.join(folder, 'setup-draft.json')

  function get(): SetupDraft | null {
    const content = readFileIfThere(file)
    if (content === null) return null
    const parsed = SetupDraft.safeParse(parseJson(new TextDecoder().decode(content)))
    return parsed.success ? wellFormed(parsed.data) : null
  }

  function set(draft: SetupDraft): void {
    writePrivateFile(file, Buffer.from(`${JSON.stringify(wellFormed(draft), null, 2)}\n`))
  }

  try {
    // An earlier version kept the file that was chosen as the public key as it was, even a private one.
    const earlier = get()
    if (earlier === null) rmSync(file, { force: true })
    else set(earlier)
  } catch {
    // A disk that cannot be written is said elsewhere, and does not keep the till from opening.
  }
  return { get, set, clear: () => rmSync(file, { force: true }) }
}

/** Returns the answers that have the form of their fields, and the others empty. */
function wellFormed(draft: SetupDraft): SetupDraft {
  return {
    merchantId: only(merchantIdPattern, draft.merchantId),
    appid: only(appidPattern, draft.appid),
    tillId: only(tillIdPattern, draft.tillId),
    publicKeyId: only(publicKeyIdPattern, draft.publicKeyId),
    hosts: draft.hosts.filter((host) => Host.safeParse(host).success),
    trustsSystem: draft.trustsSystem,
  }
}

function only(pattern: RegExp, text: string): string {
  return pattern.test(text) ? text : ''
}
