import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

/**
 * A password's key costs some tenths of a second, so that nobody guesses passwords. Nobody does here, and a thousand
 * seeds would pay for it by the minute: in this process scrypt costs next to nothing.
 */
export function makePasswordsCheap(): void {
  const { scryptSync } = crypto
  const cheap: typeof scryptSync = (password, salt, length) =>
    scryptSync(password, salt, length, { N: 2, r: 8, p: 1 })
  Object.defineProperty(crypto, 'scryptSync', { value: cheap })
  syncBuiltinESMExports()
}
