import { rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import { SetupDraft } from '../contract/setup.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'

/** What a person has entered so far, and WeChat Pay's public key. No secret is among them. */
const StoredDraft = SetupDraft.extend({
  publicKey: z.object({ name: z.string(), pem: z.string().max(20_000) }).nullable(),
})
export type StoredDraft = z.infer<typeof StoredDraft>

export interface SetupDraftStore {
  /** `null` when no set-up was begun, or its file is damaged. */
  get(): StoredDraft | null
  set(draft: StoredDraft): void
  clear(): void
}

/** Keeps an unfinished set-up in `setup-draft.json` in the live folder, so that a person can go on with it later. */
export function openSetupDraft(folder: string): SetupDraftStore {
  const file = path.join(folder, 'setup-draft.json')
  return {
    get() {
      const content = readFileIfThere(file)
      if (content === null) return null
      const parsed = StoredDraft.safeParse(parseJson(new TextDecoder().decode(content)))
      return parsed.success ? parsed.data : null
    },
    set(draft) {
      writePrivateFile(file, Buffer.from(`${JSON.stringify(StoredDraft.parse(draft), null, 2)}\n`))
    },
    clear: () => rmSync(file, { force: true }),
  }
}
