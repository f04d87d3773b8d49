import fs from 'node:fs'
import Database from 'better-sqlite3'
import { hidesCommits } from '../../main/store/write-ahead-log.ts'

/** A copy as a backup is: one file that stands alone. */
export function copyWhole(file: string, copy: string): void {
  for (const part of ['', '-wal']) {
    fs.rmSync(copy + part, { force: true })
    if (fs.existsSync(file + part)) fs.copyFileSync(file + part, copy + part)
  }
  const database = new Database(copy)
  database.pragma('journal_mode = DELETE')
  database.close()
}

/**
 * Overwrites some bytes of a log where commits follow that were on the disk; false, and nothing is changed, where what
 * is lost would be the last commit alone, which nobody can tell from a power cut.
 */
export function damageLog(file: string, random: () => number): boolean {
  const log = `${file}-wal`
  if (!fs.existsSync(log)) return false
  const bytes = fs.readFileSync(log)
  if (bytes.length === 0) return false
  const damaged = Buffer.from(bytes)
  const at = Math.floor(random() * damaged.length)
  damaged.fill(0xa5, at, Math.min(at + 64, damaged.length))
  fs.writeFileSync(log, damaged)
  if (hidesCommits(log)) return true
  fs.writeFileSync(log, bytes)
  return false
}
