import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import { OfficeFile } from '../office/office-file.ts'

const { key: Key, shopId, name, sealKey } = OfficeFile.shape
const KeyedCertificate = z.strictObject({ certificate: z.string(), privateKey: z.string() })
const KeyPair = z.strictObject({ key: Key, seed: z.string() })

/** What a hub knows beside its store. Readable for its owner alone. */
export const HubState = z.strictObject({
  version: z.literal(1),
  authority: KeyedCertificate,
  server: KeyedCertificate,
  /** The names and addresses that are in the certificate: shops reach the hub by one of them. */
  names: z.array(z.string().min(1).max(253)),
  keeper: KeyPair,
  office: KeyPair,
  /** Base64 of 32 bytes: the secret of the office, from which the keys of the shops follow. The engine does not have it. */
  root: sealKey,
  shops: z.array(z.strictObject({ id: shopId, key: Key, name })),
})
export type HubState = z.infer<typeof HubState>

/** `null` where there is none. Throws on one that is damaged: a hub with new keys would be another one to every shop. */
export function readHubState(folder: string): HubState | null {
  const content = readFileIfThere(fileIn(folder))
  if (content === null) return null
  return HubState.parse(parseJson(new TextDecoder().decode(content)))
}

/** On the disk when it returns. */
export function writeHubState(folder: string, state: HubState): void {
  writePrivateFile(fileIn(folder), Buffer.from(`${JSON.stringify(state, null, 2)}\n`))
}

function fileIn(folder: string): string {
  return path.join(folder, 'hub.json')
}
