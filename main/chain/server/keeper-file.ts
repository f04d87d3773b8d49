import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'

const Key = z.string().regex(/^U[A-Z2-7]{55}$/)

/** A till that the server lets in. */
export const RosteredTill = z.strictObject({
  /** Its public nkey. */
  key: Key,
  /** As people call it. */
  name: z.string().min(1).max(64),
  /** Epoch milliseconds. */
  addedAt: z.int().nonnegative(),
  /** The chain's key was changed since: it is not let in before it has joined again, and is missing until then. */
  mustRejoin: z.boolean().optional(),
})
export type RosteredTill = z.infer<typeof RosteredTill>

const KeyedCertificate = z.strictObject({ certificate: z.string(), privateKey: z.string() })

/** What the keeper of a shop's server knows beside the server's own store. Readable for its owner alone. */
export const KeeperState = z.strictObject({
  version: z.literal(1),
  authority: KeyedCertificate,
  server: KeyedCertificate,
  keeper: z.strictObject({ key: Key, seed: z.string() }),
  tills: z.array(RosteredTill).max(64),
  /** How far the locks were last; a store that has less is an older copy. `null` before there were any. */
  mark: z.strictObject({ incarnation: z.string(), sequence: z.int().nonnegative() }).nullable(),
})
export type KeeperState = z.infer<typeof KeeperState>

/** `null` where there is none. Throws on one that is damaged: a server with new keys would be another one to every till. */
export function readKeeperState(folder: string): KeeperState | null {
  const content = readFileIfThere(fileIn(folder))
  if (content === null) return null
  return KeeperState.parse(parseJson(new TextDecoder().decode(content)))
}

/** On the disk when it returns. */
export function writeKeeperState(folder: string, state: KeeperState): void {
  writePrivateFile(fileIn(folder), Buffer.from(`${JSON.stringify(state, null, 2)}\n`))
}

function fileIn(folder: string): string {
  return path.join(folder, 'keeper.json')
}
