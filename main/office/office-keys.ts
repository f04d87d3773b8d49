import { OfficeKeyFile } from '../chain/office/office-key-file.ts'
import type { AttachFault, AttachOffer } from '../contract/office-hub.ts'
import { parseJson } from '../contract/json.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { readFileIfThere } from '../credentials/private-file.ts'
import type { SecretStore } from '../keychain/secret-store.ts'
import { z } from 'zod'

const mostBytes = 64 * 1024
const Versioned = z.object({ version: z.number() })

/** Reads the file with which a hub lets an office in. */
export function readKeyFile(file: string): Result<OfficeKeyFile, AttachFault> {
  const content = contentOf(file)
  if (content === null) return err({ code: 'file-not-readable' })
  const value = content.length > mostBytes ? null : parseOrNull(content)
  const parsed = OfficeKeyFile.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  const versioned = Versioned.safeParse(value)
  const isNewer = versioned.success && versioned.data.version > 1
  return err({ code: isNewer ? 'file-newer' : 'file-wrong' })
}

export function offerOf(file: string, { address, name }: OfficeKeyFile): AttachOffer {
  return { file, address, name }
}

/** `null`: no hub was chosen yet. `missing`: the keychain does not give the keys that this office had. */
export async function keptKeys(
  secrets: SecretStore,
  wasAttached: boolean,
): Promise<OfficeKeyFile | 'missing' | null> {
  const kept = await secrets.read('office-hub')
  if (kept.ok && kept.value === null && !wasAttached) return null
  if (!kept.ok || kept.value === null) return 'missing'
  const parsed = OfficeKeyFile.safeParse(parseOrNull(kept.value))
  return parsed.success ? parsed.data : 'missing'
}

export async function keepKeys(secrets: SecretStore, keys: OfficeKeyFile): Promise<boolean> {
  return (await secrets.write('office-hub', JSON.stringify(keys))).ok
}

function contentOf(file: string): string | null {
  try {
    return readFileIfThere(file)?.toString('utf8') ?? null
  } catch {
    // A folder, or no right to read it.
    return null
  }
}

function parseOrNull(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return null
  }
}
