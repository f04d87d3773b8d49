import type { Hono } from 'hono'
import type { Language } from '../contract/language.ts'
import type { PosStore } from '../redemption/pos-store.ts'
import { folderClientId } from './clients.ts'
import { Command, type CommandReply } from './command-schemas.ts'
import { carryOut, failed } from './commands.ts'
import {
  type FolderFault,
  faultOfFolder,
  readRequest,
  removeAnswersBefore,
  removeRequest,
  type WaitingFile,
  waitingIn,
  writeAnswer,
} from './folder-files.ts'
import { problemOf } from './problem.ts'
import type { ProblemCode } from './problem-codes.ts'

interface FolderParts {
  readonly folder: string
  readonly app: Pick<Hono, 'request'>
  readonly port: number
  /** Returns the token of the folder at the till that is open; `null` while none is. */
  readonly token: () => string | null
  readonly store: () => PosStore | null
  /** The time that files are dated with, in epoch milliseconds. */
  readonly fileTime: () => number
  readonly onState: (fault: FolderFault | 'not-writable' | null) => void
  readonly onFault: (cause: unknown) => void
}

/** How often the folder is looked at. Programs are told of a change by no system alike, and of one on a share by none. */
const everyMs = 300
/** After a fault of the folder, such as a full disk. */
const laterMs = 5000
const mostAtOnce = 20
/** A customer does not wait for longer, and what is done after they have gone they have lost. */
export const freshMs = 120_000
const dayMs = 86_400_000
export const answersKeptMs = 2 * dayMs
const mostStuck = 1000

/** A name can stand as a key, and in an answer's file name on every system. */
const nameShape = /^[0-9A-Za-z][0-9A-Za-z._~-]{0,63}$/
/** These are tried again for as long as the request is fresh. */
const passing: ReadonlySet<ProblemCode> = new Set(['till-closed', 'too-many', 'not-saved'])
const usual: Language = 'zh-CN'

/**
 * Answers requests that a POS puts into a folder as files. Each is carried out by the link's own rules, under the file's name as
 * its key unless it has one.
 */
export class PosFolder {
  readonly #parts: FolderParts
  /** Those that were answered and cannot be removed. */
  readonly #stuck = new Set<string>()
  #timer: NodeJS.Timeout | null = null
  #cleanedAt = -Infinity
  #isClosed = false

  constructor(parts: FolderParts) {
    this.#parts = parts
  }

  /** Looks again and again, until it is closed. */
  start(): void {
    void this.look().then((isWell) => {
      if (!this.#isClosed) this.#timer = setTimeout(() => this.start(), isWell ? everyMs : laterMs)
    })
  }

  /** What is under way is not answered any more: its file stays, and the next till answers it under its key. */
  close(): void {
    this.#isClosed = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  /** Looks once, and answers what waits. Returns whether the folder could be read and written. */
  async look(): Promise<boolean> {
    const { folder, onState, onFault, fileTime } = this.#parts
    try {
      const fault = await faultOfFolder(folder)
      onState(fault)
      if (fault !== null) return false
      if (fileTime() - this.#cleanedAt > dayMs) {
        this.#cleanedAt = fileTime()
        await removeAnswersBefore(folder, fileTime() - answersKeptMs)
      }
      const waiting = await waitingIn(folder)
      const there = new Set(waiting.map(({ file }) => file))
      for (const file of this.#stuck) if (!there.has(file)) this.#stuck.delete(file)
      for (const each of waiting.slice(0, mostAtOnce + this.#stuck.size)) {
        if (this.#isClosed) break
        await this.#serve(each)
      }
      return true
    } catch (cause) {
      onState('not-writable')
      // Not with its path, and not each time.
      if (!isOfDisk(cause)) onFault(cause)
      return false
    }
  }

  async #serve(waiting: WaitingFile): Promise<void> {
    const { folder } = this.#parts
    if (this.#stuck.has(waiting.file)) return
    const reply = await this.#answerTo(waiting)
    if (reply === null || this.#isClosed) return
    await writeAnswer(folder, waiting.name, `${asciiOf(reply)}\n`)
    if (await removeRequest(waiting)) return
    if (this.#stuck.size >= mostStuck) this.#stuck.clear()
    this.#stuck.add(waiting.file)
  }

  /** `null`: not now. */
  async #answerTo(waiting: WaitingFile): Promise<CommandReply | null> {
    const { app, port } = this.#parts
    const read = await readRequest(waiting)
    if (read.kind === 'not-now') return null
    if (read.kind === 'refused') return refuse(read.why)
    if (!nameShape.test(waiting.name)) return refuse('wrong-file-name')
    const parsed = Command.safeParse(parsedJson(read.text))
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.map(String).join('.'))
      return refuse('invalid-request', usual, [...new Set(fields)].filter(Boolean))
    }
    const command = underKey(parsed.data, waiting.name)
    const language = command.language ?? usual
    const token = this.#parts.token()
    if (!this.#isFresh(read.writtenAt) && !this.#isDone(command))
      return refuse('request-too-old', language)
    if (token === null) return null
    const reply = await carryOut(app, command, { token, language, port })
    const code = reply.problem?.code
    return code !== undefined && passing.has(code) ? null : reply
  }

  #isFresh(writtenAt: number): boolean {
    return Math.abs(this.#parts.fileTime() - writtenAt) <= freshMs
  }

  /** Its result is kept, so that nothing is done any more. */
  #isDone(command: Command): boolean {
    const key = 'key' in command ? command.key : undefined
    const known = key === undefined ? null : this.#parts.store()?.request(folderClientId, key)
    return known === 'unreadable' || (known != null && known.response !== null)
  }
}

function underKey(command: Command, name: string): Command {
  return command.do === 'order' || command.do === 'redeem' || command.do === 'return'
    ? { ...command, key: command.key ?? name }
    : command
}

function refuse(
  code: ProblemCode,
  language: Language = usual,
  fields: readonly string[] = [],
): CommandReply {
  return failed(problemOf(code, language, fields))
}

/** JSON with what is not ASCII as \u escapes, which are right in every code page. */
function asciiOf(reply: CommandReply): string {
  return JSON.stringify(reply).replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isOfDisk(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause
}
