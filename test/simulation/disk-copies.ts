import fs from 'node:fs'
import Database from 'better-sqlite3'
import { hidesCommits } from '../../main/store/write-ahead-log.ts'

/** Copies a database as a backup: one file that is complete without its log. */
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
 * Overwrites bytes of a log before commits that were on the disk. Returns false and changes nothing where only the last
 * commit would be lost, which looks the same as a power cut.
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
