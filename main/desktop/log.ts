import log from 'electron-log/node'
import path from 'node:path'

type Field = string | number | boolean | null

/** Structured lines: an event's name and small fields. No payload, code, key or request body is ever a field. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, Field>>): void
  warn(event: string, fields?: Readonly<Record<string, Field>>): void
  error(event: string, cause: unknown, fields?: Readonly<Record<string, Field>>): void
}

const maxBytes = 5 * 1024 * 1024

/** Writes JSON lines to `till.log` in the folder, renamed to `till.old.log` at 5 MB. */
export function openLog(folder: string): Log {
  const logger = log.create({ logId: 'till' })
  logger.transports.file.resolvePathFn = () => path.join(folder, 'till.log')
  logger.transports.file.maxSize = maxBytes
  logger.transports.file.format = '{text}'
  logger.transports.console.level = false
  return {
    info: (event, fields = {}) => logger.info(line('info', event, fields)),
    warn: (event, fields = {}) => logger.warn(line('warn', event, fields)),
    error: (event, cause, fields = {}) =>
      logger.error(line('error', event, { ...fields, cause: describe(cause) })),
  }
}

function line(level: string, event: string, fields: object): string {
  return JSON.stringify({ at: new Date().toISOString(), level, event, ...fields })
}

/** A thrown thing in one line: name, code and where, but not the message, which may quote what was parsed. */
function describe(cause: unknown): string {
  if (typeof cause === 'string') return cause
  if (!(cause instanceof Error)) return typeof cause
  const frame = cause.stack?.split('\n').find((part) => part.trimStart().startsWith('at '))
  return `${cause.name} ${frame?.trim() ?? ''}`.trim()
}
