import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, open, opendir, rename, rm, unlink } from 'node:fs/promises'
import path from 'node:path'
import { readRegularFile } from '../outside/regular-file.ts'
import { isNetworkPath } from '../outside/network-path.ts'

/** A request that waits in the folder. */
export interface WaitingFile {
  /** Without its ending; the answer has it too. */
  readonly name: string
  readonly file: string
  /** The file that says that it is whole; `null` where its ending says so. */
  readonly flag: string | null
}

export type FolderFault = 'not-there' | 'on-network' | 'open-to-all' | 'not-absolute'

/** As much as a request over HTTP. */
const mostBytes = 64 * 1024
/** Of a folder that is fuller no more is looked at. */
const mostEntries = 5000
const answerEnding = '.ans'
/** A name from a file system without long names has capitals. */
const ending = /\.(req|json|ok)$/i
/** An answer, or what a till left that ended while it wrote one. */
const written = /\.ans$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp$/

/** Returns why a folder cannot be used; `null` where it can. */
export async function faultOfFolder(folder: string): Promise<FolderFault | null> {
  if (isNetworkPath(folder)) return 'on-network'
  if (!path.isAbsolute(folder)) return 'not-absolute'
  try {
    const about = await lstat(folder)
    if (!about.isDirectory()) return 'not-there'
    // On Windows every mode is 0o666; who may write is for the folder's own security there.
    return process.platform !== 'win32' && (about.mode & 0o002) !== 0 ? 'open-to-all' : null
  } catch {
    return 'not-there'
  }
}

/**
 * Returns the requests that are whole, in the order of their names: `NAME.req`, which was renamed to that, and `NAME.json` once
 * `NAME.ok` lies beside it. @throws where the folder cannot be read.
 */
export async function waitingIn(folder: string): Promise<WaitingFile[]> {
  // Not counted: answers that nobody fetches.
  const names = await namesIn(folder, ending)
  const flags = new Map(
    names
      .filter((each) => /\.ok$/i.test(each))
      .map((each) => [bare(each).toLowerCase(), path.join(folder, each)]),
  )
  return names
    .flatMap((each): WaitingFile[] => {
      const name = bare(each)
      const file = path.join(folder, each)
      if (/\.req$/i.test(each)) return [{ name, file, flag: null }]
      const flag = flags.get(name.toLowerCase())
      return /\.json$/i.test(each) && flag !== undefined ? [{ name, file, flag }] : []
    })
    .toSorted((one, other) => (one.file < other.file ? -1 : 1))
}

export type RequestText =
  | { readonly kind: 'text'; readonly text: string; readonly writtenAt: number }
  | { readonly kind: 'refused'; readonly why: 'too-large' | 'not-a-file' | 'not-utf8' }
  /** It has gone, or whoever writes it still holds it. */
  | { readonly kind: 'not-now' }

/** Reads a request. A link, a pipe or a device is not opened. */
export async function readRequest({ file }: WaitingFile): Promise<RequestText> {
  const read = await readRegularFile(file, mostBytes)
  if (!read.ok) {
    if (read.error.code === 'file-too-large') return { kind: 'refused', why: 'too-large' }
    return read.error.code === 'file-not-regular'
      ? { kind: 'refused', why: 'not-a-file' }
      : { kind: 'not-now' }
  }
  try {
    const { mtimeMs } = await lstat(file)
    // It takes the mark off with which Windows programs begin UTF-8.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(read.value)
    return text.includes('\0')
      ? { kind: 'refused', why: 'not-utf8' }
      : { kind: 'text', text, writtenAt: mtimeMs }
  } catch (cause) {
    return cause instanceof TypeError ? { kind: 'refused', why: 'not-utf8' } : { kind: 'not-now' }
  }
}

/** Writes an answer, whole or not at all. @throws where it cannot be written. */
export async function writeAnswer(folder: string, name: string, text: string): Promise<void> {
  const beside = path.join(folder, `${randomUUID()}.tmp`)
  try {
    const { O_WRONLY, O_CREAT, O_EXCL } = constants
    const handle = await open(beside, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(beside, path.join(folder, `${name}${answerEnding}`))
  } catch (cause) {
    await rm(beside, { force: true })
    throw cause
  }
}

/**
 * Removes a request that was answered, its flag first: one that stayed would make a later request of that name whole before it is.
 * Returns false where it stays.
 */
export async function removeRequest({ file, flag }: WaitingFile): Promise<boolean> {
  try {
    if (flag !== null) await unlink(flag)
    await unlink(file)
    return true
  } catch {
    // A folder, or not ours to remove.
    return false
  }
}

/** Deletes answers that nobody fetched, and what a till left that ended in the middle of one. */
export async function removeAnswersBefore(folder: string, before: number): Promise<void> {
  for (const name of await namesIn(folder, written)) {
    const file = path.join(folder, name)
    try {
      const about = await lstat(file)
      if (about.isFile() && about.mtimeMs < before) await unlink(file)
    } catch {
      // It has been fetched meanwhile.
    }
  }
}

async function namesIn(folder: string, shape: RegExp): Promise<string[]> {
  const names: string[] = []
  for await (const { name } of await opendir(folder, { bufferSize: 1024 })) {
    if (shape.test(name)) names.push(name)
    if (names.length >= mostEntries) break
  }
  return names
}

function bare(name: string): string {
  return name.replace(ending, '')
}
