import type { AuditEvent } from '../redemption/audit-entry.ts'

/**
 * Events that were renamed in the program. In the file they keep their first name, because the audit chain of every
 * till was computed over it.
 */
const inFile: Partial<Record<AuditEvent, string>> = { returning: 'giving-back' }
const inProgram = new Map(Object.entries(inFile).map(([event, name]) => [name, event]))

/** Returns the event's name in the file. */
export function nameInFile(event: AuditEvent): string {
  return inFile[event] ?? event
}

/** Returns the program's name of an event in the file; a name that this version does not know is returned as it is. */
export function nameInProgram(stored: string): string {
  return inProgram.get(stored) ?? stored
}
