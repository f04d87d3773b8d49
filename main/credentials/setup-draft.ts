import { rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { SetupDraft } from '../contract/setup.ts'
import { readFileIfThere, writePrivateFile } from './private-file.ts'

/** The answers, and WeChat Pay's public key, which is none of ours to keep secret. */
const KeptDraft = SetupDraft.extend({
  publicKey: z.object({ name: z.string(), pem: z.string().max(20_000) }).nullable(),
})
export type KeptDraft = z.infer<typeof KeptDraft>

export interface SetupDraftStore {
  /** `null` when nothing was begun. */
  get(): KeptDraft | null
  set(draft: KeptDraft): void
  clear(): void
}

/** `setup-draft.json` in the live folder: a set-up that was left in the middle goes on there. Holds no secret. */
export function openSetupDraft(folder: string): SetupDraftStore {
  const file = path.join(folder, 'setup-draft.json')
  return {
    get() {
      const content = readFileIfThere(file)
      if (content === null) return null
      const parsed = KeptDraft.safeParse(parseJson(content))
      return parsed.success ? parsed.data : null
    },
    set(draft) {
      writePrivateFile(file, Buffer.from(`${JSON.stringify(KeptDraft.parse(draft), null, 2)}\n`))
    },
    clear: () => rmSync(file, { force: true }),
  }
}

function parseJson(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(content))
  } catch {
    // Not whole: the answers are given again.
    return undefined
  }
}
