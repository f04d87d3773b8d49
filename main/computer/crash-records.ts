import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What is kept of a process that died. Of its memory nothing: keys and codes are in it (docs/decisions/0054). */
export interface Crash {
  readonly process: string
  readonly reason: string
  readonly exitCode: number
  readonly version: string
  readonly electron: string
  readonly upSeconds: number
}

const kept = 20

/** Keeps a crash in a file of its own; the newest twenty stay. Throws when the disk refuses. */
export function keepCrash(userData: string, crash: Crash, now: number): void {
  const folder = path.join(userData, 'crashes')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const at = new Date(now).toISOString()
  const name = `${at.replaceAll(/[:.]/g, '-')}-${crash.process.replaceAll(/\W/g, '')}.json`
  writeFileSync(path.join(folder, name), `${JSON.stringify({ at, ...crash })}\n`, { mode: 0o600 })
  // Their names begin with their times.
  for (const old of readdirSync(folder).toSorted().slice(0, -kept)) rmSync(path.join(folder, old))
}
