import log from 'electron-log/node'
import path from 'node:path'

type Field = string | number | boolean | null

/** A log of events with small fields. No coupon code, key or request body is ever among them. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, Field>>): void
  warn(event: string, fields?: Readonly<Record<string, Field>>): void
  error(event: string, cause: unknown, fields?: Readonly<Record<string, Field>>): void
}

const maxBytes = 5 * 1024 * 1024

/** Opens a log that writes JSON lines to `till.log` in the folder. At 5 MB the file is renamed to `till.old.log`. */
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

/** What was thrown in one line: its name and where, but not its message, which may quote what was being parsed. */
function describe(cause: unknown): string {
  if (typeof cause === 'string') return cause
  if (!(cause instanceof Error)) return typeof cause
  const frame = cause.stack?.split('\n').find((part) => part.trimStart().startsWith('at '))
  return `${cause.name} ${frame?.trim() ?? ''}`.trim()
}
