import type { AuditEvent } from '../redemption/audit-entry.ts'

/**
 * Events that have another name in the file. What was written stays as it is: the links of the chain are made over it, in
 * the records of every till.
 */
const inFile: Partial<Record<AuditEvent, string>> = { returning: 'giving-back' }
const inProgram = new Map(Object.entries(inFile).map(([event, name]) => [name, event]))

export function nameInFile(event: AuditEvent): string {
  return inFile[event] ?? event
}

export function nameInProgram(stored: string): string {
  return inProgram.get(stored) ?? stored
}
