import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { err, type Result } from '../../contract/result.ts'
import type { RestoreFault } from '../../contract/upkeep.ts'
import { copyRegularFile } from '../../outside/regular-file.ts'

/** Many times what a shop records in years. */
const maxBackupBytes = 4 * 2 ** 30

/** Where a backup is looked into: its copy, and what was decrypted of it. */
export function incomingFiles(databaseFile: string): {
  readonly copied: string
  readonly opened: string
} {
  const copied = `${databaseFile}.incoming`
  return { copied, opened: `${copied}.opened` }
}

/** Forgets what was looked into before. */
export function removeIncoming(databaseFile: string): void {
  const { copied, opened } = incomingFiles(databaseFile)
  for (const file of [copied, opened]) rmSync(file, { force: true })
}

/** Copies a backup that somebody chose to a place of the till's own: the stick may be pulled out meanwhile. */
export async function takeFile(file: string, to: string): Promise<Result<null, RestoreFault>> {
  try {
    mkdirSync(path.dirname(to), { recursive: true, mode: 0o700 })
    const copied = await copyRegularFile(file, to, maxBackupBytes)
    return copied
  } catch {
    // No room for it, say.
    return err({ code: 'not-written' })
  }
}
