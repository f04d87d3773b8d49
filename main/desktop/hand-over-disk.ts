import { open } from 'node:fs/promises'
import { largestHandOverBytes } from '../contract/hand-over-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { HandOverFileFault } from '../app/hand-over-orders.ts'

/** Reads the file of a hand-over. Fails when it cannot be read, or is larger than any hand-over. */
export async function readHandOver(file: string): Promise<Result<Uint8Array, HandOverFileFault>> {
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      return size > largestHandOverBytes
        ? err({ code: 'no-hand-over' })
        : ok(await handle.readFile())
    } finally {
      await handle.close()
    }
  } catch {
    return err({ code: 'not-read' })
  }
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
