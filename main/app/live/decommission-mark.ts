import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { Decommissioned } from '../../contract/decommission.ts'
import { parseJson } from '../../contract/json.ts'
import { ok, type Result } from '../../contract/result.ts'
import { readFileIfThere, writePrivateFile } from '../../credentials/private-file.ts'
import { type SecretFault, secretNames } from '../../keychain/secret-store.ts'
import type { LivePlace } from './live-place.ts'

/** Stays in the live folder until another till is set up there. */
const Mark = z.strictObject({
  was: Decommissioned,
  /** Keys and records are gone. Until then each start goes on removing them. */
  isDone: z.boolean(),
})
type Mark = z.infer<typeof Mark>

const name = 'decommissioned.json'

/** What this computer was; `null` where it was not decommissioned, or is a till again. */
export function decommissioned({ folder }: Pick<LivePlace, 'folder'>): Decommissioned | null {
  return read(folder)?.was ?? null
}

/** Decides it: whatever happens now, keys and records of this till are removed. */
export function markDecommissioned(folder: string, was: Decommissioned): void {
  write(folder, { was, isDone: false })
}

/** Another till has been set up here. */
export function forgetDecommissioned({ folder }: Pick<LivePlace, 'folder'>): void {
  rmSync(path.join(folder, name), { force: true })
}

/**
 * Removes what `markDecommissioned` has decided to remove: the keys first, so that what may be left of the files opens
 * nowhere. Called before each opening of the till; fails when the keychain does, and is to be called again then.
 */
export async function finishDecommission(place: LivePlace): Promise<Result<null, SecretFault>> {
  const { folder, secrets, anchor } = place
  const mark = read(folder)
  if (mark === null || mark.isDone) return ok(null)
  const probed = await secrets.probe()
  if (!probed.ok) return probed
  // The file of large secrets needs its key last.
  for (const secret of secretNames) {
    const removed = await secrets.remove(secret)
    if (!removed.ok && removed.error.code !== 'damaged') return removed
  }
  await anchor.read()
  for (const entry of readdirSync(folder))
    if (entry !== name) rmSync(path.join(folder, entry), { recursive: true, force: true })
  write(folder, { ...mark, isDone: true })
  return ok(null)
}

function read(folder: string): Mark | null {
  const content = readFileIfThere(path.join(folder, name))
  if (content === null) return null
  return Mark.safeParse(parseJson(new TextDecoder().decode(content))).data ?? null
}

function write(folder: string, mark: Mark): void {
  writePrivateFile(path.join(folder, name), Buffer.from(JSON.stringify(Mark.parse(mark))))
}
