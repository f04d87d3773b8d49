import { app } from 'electron'
import { plainFields } from '../computer/plain-fields.ts'

const told = { command: 'provision' }

/**
 * Keeps windows of this till from being opened until the program ends, and returns `null`; where one is open, returns what
 * tells its program that `hexiao-till provision` has changed something.
 */
export function tellerOfWindow(): (() => void) | null {
  return hasLock() ? null : () => void hasLock()
}

function hasLock(): boolean {
  return app.requestSingleInstanceLock(told)
}

/** Whether a second start of the program was that. */
export function isProvisioning(data: unknown): boolean {
  return plainFields(data)['command'] === told.command
}
