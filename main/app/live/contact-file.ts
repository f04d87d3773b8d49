import path from 'node:path'
import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import type { TillStore } from '../../redemption/ports.ts'

const Instant = z.int().positive()
type KeptContact = TillStore['lastContact']

/**
 * Writes when WeChat Pay was reached last into a file of its own as well, which `hexiao-till status` reads: in the records it
 * is sealed, and whoever looks after a hundred tills has no keychain open on each.
 */
export function withContactFile(kept: KeptContact, folder: string): KeptContact {
  return {
    read: () => kept.read(),
    write(at) {
      kept.write(at)
      writePrivateFile(fileIn(folder), Buffer.from(`${at}\n`))
    },
  }
}

/** Epoch milliseconds, to within a minute; `null` where none is known. */
export function readContactFile(folder: string): number | null {
  const content = readFileIfThere(fileIn(folder))
  if (content === null) return null
  return Instant.safeParse(parseJson(new TextDecoder().decode(content))).data ?? null
}

function fileIn(folder: string): string {
  return path.join(folder, 'last-contact.json')
}
