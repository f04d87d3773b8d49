import log from 'electron-log/node'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { redact } from './redact.ts'

type Field = string | number | boolean | null

/** A log of events with small fields. No coupon code, key or request body is ever among them; texts are redacted besides. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, Field>>): void
  warn(event: string, fields?: Readonly<Record<string, Field>>): void
  error(event: string, cause: unknown, fields?: Readonly<Record<string, Field>>): void
  /** Deletes the lines from before `before`, epoch milliseconds. Throws when the disk refuses. */
  forgetBefore(before: number): void
}

const maxBytes = 5 * 1024 * 1024
const ownerOnly = 0o600

/**
 * Opens a log that writes JSON lines to `till.log` in the folder, for this account alone. At 5 MB the file is renamed to
 * `till.old.log`.
 */
export function openLog(folder: string): Log {
  const files = ['till.old.log', 'till.log'].map((name) => path.join(folder, name))
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Earlier versions let everybody read them.
  for (const file of files) if (existsSync(file)) chmodSync(file, ownerOnly)
  const logger = log.create({ logId: 'till' })
  logger.transports.file.resolvePathFn = () => path.join(folder, 'till.log')
  logger.transports.file.maxSize = maxBytes
  logger.transports.file.format = '{text}'
  logger.transports.file.writeOptions = { encoding: 'utf8', flag: 'a', mode: ownerOnly }
  logger.transports.console.level = false
  return {
    info: (event, fields = {}) => logger.info(line('info', event, fields)),
    warn: (event, fields = {}) => logger.warn(line('warn', event, fields)),
    error: (event, cause, fields = {}) =>
      logger.error(line('error', event, { ...fields, cause: describe(cause) })),
    forgetBefore(before) {
      for (const file of files) if (existsSync(file)) deleteLines(file, before)
    },
  }
}

/** What is quoted to WeChat Pay's support, in the form that their header has. */
const requestId = /^[\w-]{1,128}$/

function line(level: string, event: string, fields: Readonly<Record<string, Field>>): string {
  const said = Object.entries(fields).map(([name, value]) => [name, safe(name, value)])
  return JSON.stringify({
    at: new Date().toISOString(),
    level,
    event,
    ...Object.fromEntries(said),
  })
}

function safe(name: string, value: Field): Field {
  if (typeof value !== 'string') return value
  if (name === 'requestId') return requestId.test(value) ? value : null
  return redact(value)
}

function deleteLines(file: string, before: number): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  // They are in the order of their times, except where a clock was set.
  const first = lines.findIndex((each) => timeOf(each) >= before)
  const kept = first < 0 ? [''] : lines.slice(first)
  if (kept.length === lines.length) return
  writeFileSync(`${file}.new`, kept.join('\n'), { mode: ownerOnly })
  renameSync(`${file}.new`, file)
}

/** Epoch milliseconds; NaN, which is neither before nor after, for a line that has no time. */
function timeOf(text: string): number {
  return Date.parse(/^\{"at":"([^"]+)"/.exec(text)?.[1] ?? '')
}

/** What was thrown in one line: its name and where, but not its message, which may quote what was being parsed. */
function describe(cause: unknown): string {
  if (typeof cause === 'string') return cause
  if (!(cause instanceof Error)) return typeof cause
  const frame = cause.stack?.split('\n').find((part) => part.trimStart().startsWith('at '))
  return `${cause.name} ${frame?.trim() ?? ''}`.trim()
}
