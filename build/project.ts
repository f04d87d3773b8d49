import path from 'node:path'
import os from 'node:os'
import { createRequire } from 'node:module'

/** The folder that holds package.json. */
export const projectRoot = path.dirname(import.meta.dirname)

export const requireFromProject = createRequire(path.join(projectRoot, 'package.json'))

/** Returns the folder for files that may be deleted at any time, shared by all clones of one user. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache')
  return path.join(base, 'hexiao-till')
}

/** Ends the task with a message for the person at the terminal, without a stack. */
export class TaskError extends Error {
  override name = 'TaskError'
}

/**
 * Runs a task of package.json's scripts. Its number is the exit status; of a `TaskError` only the message is printed.
 */
export async function runTask(task: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await task()
  } catch (error) {
    if (!(error instanceof TaskError)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}
