import path from 'node:path'
import os from 'node:os'
import { createRequire } from 'node:module'

/** The folder that holds package.json. */
export const projectRoot = path.dirname(import.meta.dirname)

export const requireFromProject = createRequire(path.join(projectRoot, 'package.json'))

/** What may be thrown away and is shared by every clone of one user. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache')
  return path.join(base, 'hexiao-till')
}

/** A sentence for the person at the terminal; the task ends with it and without a stack. */
export class Stop extends Error {
  override name = 'Stop'
}

/** Runs a task of package.json's scripts: its number is the exit status, a `Stop` is said in one sentence. */
export async function runTask(task: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await task()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
    console.error(`\n${error.message}`)
    process.exitCode = 1
  }
}
