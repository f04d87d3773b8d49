import { constants } from 'node:fs'
import { type FileHandle, lstat, open } from 'node:fs/promises'
import type { FileFault } from '../contract/file-fault.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { isDeviceName, isNetworkPath } from './network-path.ts'

const pieceBytes = 65_536

/** Windows has the last alone (the others count as 0): there the look before opening has to do, and it knows no pipes in folders. */
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/**
 * The bytes of a file that somebody handed over. Only a regular file is opened, and never one behind a link: what is read
 * is what was chosen, what `--delete-sources` deletes is what was read, and nothing waits for a pipe's other end. Reads
 * no more than `maxBytes`, whatever size the file claims to have.
 */
export async function readRegularFile(
  file: string,
  maxBytes: number,
): Promise<Result<Uint8Array<ArrayBuffer>, FileFault>> {
  const pieces: Uint8Array[] = []
  const read = await eachPiece(file, maxBytes, (piece) => {
    pieces.push(piece)
  })
  return read.ok ? ok(Uint8Array.from(Buffer.concat(pieces))) : read
}

/**
 * Copies such a file to `to`, for this account alone; what was there before is replaced.
 * @throws when `to` cannot be written.
 */
export async function copyRegularFile(
  file: string,
  to: string,
  maxBytes: number,
): Promise<Result<null, FileFault>> {
  const copy = await open(to, 'w', 0o600)
  try {
    const read = await eachPiece(file, maxBytes, async (piece) => {
      await copy.writeFile(piece)
    })
    return read.ok ? ok(null) : read
  } finally {
    await copy.close()
  }
}

async function eachPiece(
  file: string,
  maxBytes: number,
  take: (piece: Uint8Array) => void | Promise<void>,
): Promise<Result<null, FileFault>> {
  const opened = await openRegular(file, maxBytes)
  if (!opened.ok) return opened
  const handle = opened.value
  try {
    let read = 0
    for (;;) {
      const piece = await readPiece(handle)
      if (piece === null) return err({ code: 'file-not-there' })
      if (piece.length === 0) return ok(null)
      read += piece.length
      if (read > maxBytes) return err({ code: 'file-too-large' })
      await take(piece)
    }
  } finally {
    await handle.close()
  }
}

async function openRegular(file: string, maxBytes: number): Promise<Result<FileHandle, FileFault>> {
  if (isNetworkPath(file)) return err({ code: 'file-on-network' })
  if (isDeviceName(file)) return err({ code: 'file-not-regular' })
  let handle: FileHandle
  try {
    // Looked at first: to open a device may already do something.
    if (!(await lstat(file)).isFile()) return err({ code: 'file-not-regular' })
    handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
  } catch (cause) {
    // Put in its place between the look and the opening, or not ours to read.
    return err({ code: isCode(cause, 'ELOOP') ? 'file-not-regular' : 'file-not-there' })
  }
  const { size, isRegular } = await statOf(handle)
  if (isRegular && size <= maxBytes) return ok(handle)
  await handle.close()
  return err({ code: isRegular ? 'file-too-large' : 'file-not-regular' })
}

async function statOf(handle: FileHandle): Promise<{ size: number; isRegular: boolean }> {
  const stat = await handle.stat()
  return { size: stat.size, isRegular: stat.isFile() }
}

/** `null` when the medium fails or is gone. */
async function readPiece(handle: FileHandle): Promise<Uint8Array | null> {
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(pieceBytes), 0, pieceBytes, null)
    return buffer.subarray(0, bytesRead)
  } catch {
    // The stick was pulled out.
    return null
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code
}
