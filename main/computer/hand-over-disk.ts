import { open } from 'node:fs/promises'
import { largestHandOverBytes } from '../contract/hand-over-requests.ts'
import { err, type Result } from '../contract/result.ts'
import { readRegularFile } from '../outside/regular-file.ts'
import type { HandOverFileFault } from '../app/hand-over-orders.ts'

/** Reads the file of a hand-over. Fails when it cannot be read, or is larger than any hand-over. */
export async function readHandOver(file: string): Promise<Result<Uint8Array, HandOverFileFault>> {
  const read = await readRegularFile(file, largestHandOverBytes)
  if (read.ok) return read
  const { code } = read.error
  if (code === 'file-too-large') return err({ code: 'no-hand-over' })
  return err({ code: code === 'file-not-there' ? 'not-read' : code })
}

/**
 * Writes the file of a hand-over. It is on the disk when this resolves, because a stick is pulled out as soon as the
 * screen says so. Rejects when it cannot be written.
 */
export async function writeHandOver(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
