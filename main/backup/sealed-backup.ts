import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { RestoreFault } from '../contract/upkeep.ts'
import { KeyEscrow } from './key-escrow.ts'

/*
 * The file of a sealed backup. Its parts, with their lengths in bytes: magic (8), length of the head (4, big-endian), head
 * (JSON), ciphertext, tag (16). The ciphertext is AES-256-GCM, under a key derived from the till's data key, of: length
 * of what is carried (4), that (JSON), and the database. Magic, length and head are authenticated with it, so that nothing
 * of a file can be changed, cut off, or put together from two files.
 */

const magicShape = /^HXBACK(\d)\n$/
const magic = Buffer.from('HXBACK1\n')
const lengthBytes = 4
const tagBytes = 16
const saltBytes = 32
const tag = { authTagLength: tagBytes }
const pieceBytes = 2 ** 18
const maxHeadBytes = 16_384
const maxCarriedBytes = 400_000

const Head = z.strictObject({
  /** Of the till's data key (`store/sealing.ts`), so that the computer that made the file asks for no password. */
  keyId: z.string().max(64),
  escrow: KeyEscrow,
  /** base64, of 32 random bytes for each file. The key of the file depends on them, so that no nonce is needed beside. */
  salt: z.base64().length(44),
})
type Head = z.infer<typeof Head>

/** What is known of a file before it is opened. */
export type SealedHead = Pick<Head, 'keyId' | 'escrow'>

/** Why a file does not open. */
interface SealedFault {
  readonly code: Extract<RestoreFault['code'], 'not-a-backup' | 'newer-version' | 'damaged'>
}

interface SealedParts extends SealedHead {
  readonly dataKey: Uint8Array
  /** Goes with the database: JSON. */
  readonly carried: string
}

/**
 * Writes the sealed copy of a closed database file. It is on the disk, and has its name, once it is complete. Throws what
 * the disk throws.
 */
export async function writeSealedBackup(
  database: string,
  file: string,
  { keyId, escrow, dataKey, carried }: SealedParts,
): Promise<void> {
  const part = `${file}.part`
  await rm(part, { force: true })
  const salt = randomBytes(saltBytes)
  const head = headBytes({ keyId, escrow, salt: salt.toString('base64') })
  const cipher = createCipheriv('aes-256-gcm', fileKey(dataKey, salt), nonceOf(), tag)
  cipher.setAAD(head)
  try {
    await reading(database, async (source) => {
      const target = await open(part, 'wx', 0o600)
      try {
        await target.writeFile(head)
        const text = Buffer.from(carried)
        await target.writeFile(cipher.update(Buffer.concat([lengthOf(text), text])))
        for await (const piece of piecesOf(source)) await target.writeFile(cipher.update(piece))
        cipher.final()
        await target.writeFile(cipher.getAuthTag())
        await target.sync()
      } finally {
        await target.close()
      }
    })
    await rename(part, file)
  } finally {
    await rm(part, { force: true })
  }
}

/** Whether a file begins as a sealed backup does, of whatever version. */
export async function isSealedBackup(file: string): Promise<boolean> {
  return reading(file, async (source) =>
    magicShape.test((await readAt(source, 0, magic.length)).toString('latin1')),
  )
}

/** Reads what is known without a key. */
export async function readSealedHead(file: string): Promise<Result<SealedHead, SealedFault>> {
  return reading(file, async (source) => {
    const read = await readHead(source)
    return read.ok ? ok(read.value.head) : err(read.error)
  })
}

/**
 * Decrypts a sealed backup into `to` and returns what it carries. Nothing is left of `to` when the file is not whole, or
 * of another key. Throws when `to` cannot be written.
 */
export async function openSealedBackup(
  file: string,
  dataKey: Uint8Array,
  to: string,
): Promise<Result<string, SealedFault>> {
  await rm(to, { force: true })
  const opened = await reading(file, async (source) => {
    const target = await open(to, 'wx', 0o600)
    try {
      return await decryptInto(target, source, dataKey)
    } finally {
      await target.close()
    }
  })
  if (!opened.ok) await rm(to, { force: true })
  return opened
}

async function decryptInto(
  target: FileHandle,
  source: FileHandle,
  dataKey: Uint8Array,
): Promise<Result<string, SealedFault>> {
  const read = await readHead(source)
  if (!read.ok) return err(read.error)
  const { head, bytes } = read.value
  const { size } = await source.stat()
  const end = size - tagBytes
  if (end < bytes.length + lengthBytes) return err({ code: 'damaged' })
  const salt = Buffer.from(head.salt, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', fileKey(dataKey, salt), nonceOf(), tag)
  decipher.setAAD(bytes)
  decipher.setAuthTag(await readAt(source, end, tagBytes))
  const carried = await splitInto(target, decryptedBetween(source, bytes.length, end, decipher))
  if (carried === null) return err({ code: 'damaged' })
  try {
    decipher.final()
  } catch {
    return err({ code: 'damaged' })
  }
  await target.sync()
  return ok(carried)
}

async function reading<T>(file: string, work: (source: FileHandle) => Promise<T>): Promise<T> {
  const source = await open(file, 'r')
  try {
    return await work(source)
  } finally {
    await source.close()
  }
}

async function readHead(
  source: FileHandle,
): Promise<Result<{ readonly head: Head; readonly bytes: Buffer }, SealedFault>> {
  const start = await readAt(source, 0, magic.length + lengthBytes)
  const [, version] = magicShape.exec(start.toString('latin1', 0, magic.length)) ?? []
  if (version === undefined) return err({ code: 'not-a-backup' })
  if (version !== '1') return err({ code: 'newer-version' })
  if (start.length < magic.length + lengthBytes) return err({ code: 'damaged' })
  const length = start.readUInt32BE(magic.length)
  if (length > maxHeadBytes) return err({ code: 'damaged' })
  const text = await readAt(source, start.length, length)
  const { data: head } = Head.safeParse(parseJson(text.toString('utf8')))
  return head === undefined
    ? err({ code: 'damaged' })
    : ok({ head, bytes: Buffer.concat([start, text]) })
}

function headBytes(head: Head): Buffer {
  const text = Buffer.from(JSON.stringify(head))
  return Buffer.concat([magic, lengthOf(text), text])
}

function lengthOf(bytes: Uint8Array): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(bytes.length)
  return length
}

/** Each file has a key of its own. */
function fileKey(dataKey: Uint8Array, salt: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', dataKey, salt, 'hexiao-till backup 1', 32)))
}

/** Always the same, as each key encrypts one file. */
function nonceOf(): Buffer {
  return Buffer.alloc(12)
}

/** Writes what follows the carried text to `target`, and returns that text; `null` where there is none. */
async function splitInto(
  target: FileHandle,
  pieces: AsyncIterable<Buffer>,
): Promise<string | null> {
  let start: Buffer | null = Buffer.alloc(0)
  let carried: string | null = null
  for await (const piece of pieces) {
    if (start === null) {
      await target.writeFile(piece)
      continue
    }
    start = Buffer.concat([start, piece])
    if (start.length < lengthBytes) continue
    const length = start.readUInt32BE(0)
    // The bytes are not known to be a till's before all are read.
    if (length > maxCarriedBytes) return null
    if (start.length < lengthBytes + length) continue
    carried = start.toString('utf8', lengthBytes, lengthBytes + length)
    await target.writeFile(start.subarray(lengthBytes + length))
    start = null
  }
  return carried
}

async function* decryptedBetween(
  source: FileHandle,
  from: number,
  end: number,
  decipher: { update(piece: Uint8Array): Buffer },
): AsyncGenerator<Buffer> {
  for (let at = from; at < end;) {
    const piece = await readAt(source, at, Math.min(pieceBytes, end - at))
    if (piece.length === 0) return
    at += piece.length
    yield decipher.update(piece)
  }
}

async function* piecesOf(source: FileHandle): AsyncGenerator<Buffer> {
  for (let at = 0; ;) {
    const piece = await readAt(source, at, pieceBytes)
    if (piece.length === 0) return
    at += piece.length
    yield piece
  }
}

/** Shorter where the file ends. */
async function readAt(source: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await source.read(buffer, 0, length, at)
  return buffer.subarray(0, bytesRead)
}
