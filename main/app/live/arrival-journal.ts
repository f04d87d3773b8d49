import { rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ChainPoint } from '../../anchor/anchor.ts'
import { KeyEscrow } from '../../backup/key-escrow.ts'
import { parseJson } from '../../contract/json.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import { Profile } from '../../credentials/profile.ts'

/** What lies in the live folder from before the first step of an arrival until after its last. */
const Journal = z.strictObject({
  /** The settings to be taken with the records; `null` where this computer keeps its own. */
  profile: Profile.nullable(),
})
type Journal = z.infer<typeof Journal>

/** What lies in the keychain meanwhile. */
export const ArrivingSecrets = z.strictObject({
  /** base64 */
  dataKey: z.base64().max(64),
  escrow: KeyEscrow,
  recovery: z.string().max(200).nullable(),
  /** Where the audit chain of the records ends: the anchor names the same once they are to be this till's. */
  end: ChainPoint,
})
export type ArrivingSecrets = z.infer<typeof ArrivingSecrets>

/** Where the records wait that are about to become this till's. */
export function arrivingFile(databaseFile: string): string {
  return `${databaseFile}.arriving`
}

export function writeJournal(folder: string, journal: Journal): void {
  writePrivateFile(fileIn(folder), Buffer.from(JSON.stringify(Journal.parse(journal))))
}

/** `null` while nothing arrives; a damaged one counts as one without settings. */
export function readJournal(folder: string): Journal | null {
  const content = readFileIfThere(fileIn(folder))
  if (content === null) return null
  const parsed = Journal.safeParse(parseJson(new TextDecoder().decode(content)))
  return parsed.data ?? { profile: null }
}

export function removeJournal(folder: string): void {
  rmSync(fileIn(folder), { force: true })
}

function fileIn(folder: string): string {
  return path.join(folder, 'arriving.json')
}
