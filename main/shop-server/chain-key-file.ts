import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { freshChainKey } from '../app/live/fresh-chain-key.ts'
import { readFileIfThere, writePrivateFile } from '../credentials/private-file.ts'

/*
 * The shop's key where there is no desktop and no keychain: a file that its account alone may read, or one that systemd hands over
 * (docs/decisions/0064-a-server-without-a-till.md).
 */

const name = 'chain-key'
const Key = z.base64().length(44)

/** Where the key of this folder is looked for first; `null` where the service was given none. */
function handedOver(env: NodeJS.ProcessEnv): string | null {
  const folder = env['CREDENTIALS_DIRECTORY']
  const file = folder === undefined ? null : path.join(folder, name)
  return file !== null && existsSync(file) ? file : null
}

/** `null` where there is none: nobody can join then. Throws on a file that has something else in it. */
export function readChainKey(folder: string, env: NodeJS.ProcessEnv): string | null {
  const content = readFileIfThere(handedOver(env) ?? path.join(folder, name))
  return content === null ? null : Key.parse(new TextDecoder().decode(content).trim())
}

/** Whether the key can be changed here: what systemd hands over is changed where systemd has it. */
export function canWriteChainKey(env: NodeJS.ProcessEnv): boolean {
  return handedOver(env) === null
}

/** Writes a new key, on the disk when it returns. */
export function writeFreshChainKey(folder: string): void {
  writePrivateFile(path.join(folder, name), Buffer.from(freshChainKey()))
}
