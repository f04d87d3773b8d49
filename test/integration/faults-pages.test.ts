import Database from 'better-sqlite3'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { filledCount as count, fillFile, pageBytes, reopenFile } from '../support/filled-file.ts'

/** The first byte of a page tells its kind. (SQLite file format, 1.6) */
const tableInner = 5

let folder: string
let file: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pages-'))
  file = path.join(folder, 'till.db')
})

afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true })
})

const fill = () => fillFile(file)

const reopen = () => reopenFile(file)

/** Makes a change that this index does not follow, as a torn page of it would not. SQLite's quick check does not see it. */
function changeBehind(index: string, change: string): void {
  const sql = define(index, (definition) => definition.replace(/WHERE .*/su, 'WHERE 0'))
  const database = new Database(file)
  database.exec(change)
  database.close()
  define(index, () => sql)
  const changed = new Database(file)
  expect(changed.pragma('quick_check', { simple: true })).toBe('ok')
  changed.close()
}

/** Gives an index another definition, and returns that before. */
function define(name: string, to: (sql: string) => string): string {
  const database = new Database(file)
  database.unsafeMode(true)
  database.pragma('writable_schema = ON')
  const read = database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').pluck()
  const sql = z.string().parse(read.get(name))
  database.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(to(sql), name)
  database.close()
  return sql
}

const later = 'UPDATE redemption SET next_attempt_at = next_attempt_at + 1e12 WHERE rowid = 7'
const sooner = 'UPDATE redemption SET next_attempt_at = next_attempt_at - 1e12 WHERE rowid = 7'

test.each([
  ['has no entry', 'redemption_due', '', 'REINDEX redemption_due'],
  ['has another time', 'redemption_due', later, sooner],
  ['has no entry', 'redemption_by_code', '', 'REINDEX redemption_by_code'],
])('where an index %s (%s), every row goes on and is sent', (_name, index, first, change) => {
  const codes = fill()
  const database = new Database(file)
  database.exec(first)
  database.close()
  changeBehind(index, change)
  const store = reopen()
  expect(store.rescue).toMatchObject({ saved: count, savedPending: count, lost: 0 })
  expect(store.open.due(1e12, count)).toHaveLength(count)
  expect(codes.every((code) => store.redemptions.findByCode(code) !== null)).toBe(true)
  store.close()
})

/** Multiplies the rows of the closed file, so that its table has pages that only point to others. */
function multiply(times: number): void {
  const database = new Database(file)
  const names = z
    .array(z.object({ name: z.string() }))
    .parse(database.pragma('table_info(redemption)'))
  const others = names.flatMap(({ name }) => (name === 'use_request_no' ? [] : [name])).join()
  const copy = database.prepare(
    `INSERT INTO redemption (use_request_no, ${others})
     SELECT use_request_no || '-' || ?, ${others} FROM redemption WHERE rowid <= ${count}`,
  )
  database.transaction(() => {
    for (let time = 1; time < times; time += 1) copy.run(time)
  })()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Returns the numbers of the rows that can be read one by one. */
function readableRows(): number[] {
  const database = new Database(file, { readonly: true })
  const row = database.prepare('SELECT * FROM redemption NOT INDEXED WHERE rowid = ?')
  const numbers = Array.from({ length: count * 40 }, (_, at) => at + 1).filter((number) => {
    try {
      return row.get(number) !== undefined
    } catch {
      return false
    }
  })
  database.close()
  return numbers
}

test.each([
  ['the first', [0]],
  ['the first and the last', [0, -1]],
])(
  'pages that point to thousands of rows are damaged (%s): those rows are lost, and no others',
  (_name, which) => {
    fill()
    multiply(40)
    const bytes = fs.readFileSync(file)
    const inner = Array.from({ length: bytes.length / pageBytes }, (_, page) => page * pageBytes)
      // The root of the table has few cells.
      .filter((from) => bytes[from] === tableInner && bytes.readUInt16BE(from + 3) > 100)
    expect(inner.length).toBeGreaterThan(2)
    for (const at of which) bytes.fill(0, inner.at(at), (inner.at(at) ?? 0) + pageBytes)
    fs.writeFileSync(file, bytes)
    const readable = readableRows()
    expect(readable.length).toBeGreaterThan(1000)
    expect(readable.length).toBeLessThan(count * 40 - 1000 * which.length)
    const store = reopen()
    expect(store.rescue).toMatchObject({ saved: readable.length })
    // Without its end nobody knows how many there were.
    expect(store.rescue?.lost).toBe(which.length > 1 ? null : count * 40 - readable.length)
    store.close()
  },
)

/** Returns where the cells of the table's root page lie in the file; each begins with the number of a page below it. */
function rootCells(bytes: Buffer): number[] {
  const database = new Database(file, { readonly: true })
  const selection = "SELECT rootpage FROM sqlite_schema WHERE name = 'redemption'"
  const from = (z.number().parse(database.prepare(selection).pluck().get()) - 1) * pageBytes
  database.close()
  expect(bytes[from]).toBe(tableInner)
  const cells = bytes.readUInt16BE(from + 3)
  return Array.from({ length: cells }, (_, at) => from + bytes.readUInt16BE(from + 12 + 2 * at))
}

test('pages that lead back to earlier rows are gone past, and every other row is saved', () => {
  fill()
  const bytes = fs.readFileSync(file)
  const cells = rootCells(bytes)
  expect(cells.length).toBeGreaterThan(13)
  const child = (at: number): number => bytes.readUInt32BE(cells[at])
  const lost = [3, 5, 6, 12].map((at) => {
    const leaf = (child(at) - 1) * pageBytes
    return bytes.readUInt16BE(leaf + 3)
  })
  for (const at of [3, 12]) bytes.fill(0, (child(at) - 1) * pageBytes, child(at) * pageBytes)
  for (const at of [5, 6]) bytes.writeUInt32BE(child(0), cells[at])
  fs.writeFileSync(file, bytes)
  const store = reopen()
  const saved = count - lost.reduce((sum, rows) => sum + rows, 0)
  expect(store.rescue).toMatchObject({ saved })
  store.close()
})

test('a row whose values a damaged page changed in kind is lost, and no other', () => {
  fill()
  // Below the schema's own checks, as a flipped byte is.
  const sql = define('redemption', (definition) => definition.replace(/\)\s*STRICT/u, ')'))
  const loose = new Database(file)
  loose.exec("UPDATE redemption SET recorded_at = 'x' WHERE rowid = 7")
  loose.close()
  define('redemption', () => sql)
  const bytes = fs.readFileSync(file)
  const cell = rootCells(bytes)[12] ?? 0
  const [from, to] = [bytes.readUInt32BE(cell) - 1, bytes.readUInt32BE(cell)]
  const rows = bytes.readUInt16BE(from * pageBytes + 3)
  bytes.fill(0, from * pageBytes, to * pageBytes)
  fs.writeFileSync(file, bytes)
  const store = reopen()
  expect(store.rescue).toMatchObject({ saved: count - rows - 1, lost: rows + 1 })
  store.close()
})
