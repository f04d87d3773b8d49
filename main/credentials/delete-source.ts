import { rmSync } from 'node:fs'

/** Deletes a file that a secret was read from. Returns false when it could not be deleted. */
export function deleteSource(file: string): boolean {
  try {
    rmSync(file, { force: true })
    return true
  } catch {
    // The file of another account, or on a read-only medium.
    return false
  }
}
