import { z } from 'zod'
import { Shift } from '../contract/shift.ts'
import type { ShiftStore } from '../shop/ports.ts'
import type { Database } from './database.ts'

const Row = z.object({ id: z.number(), record: z.string() })
const Rows = z.array(Row)
const Record = Shift.omit({ id: true })

/** The shifts of this till. The id grows with each. */
export class ShiftTable implements ShiftStore {
  readonly #list
  readonly #add
  readonly #save

  constructor(database: Database) {
    this.#list = database.prepare(
      'SELECT id, record FROM shift WHERE id < coalesce(?, 9e15) ORDER BY id DESC LIMIT ?',
    )
    this.#add = database.prepare('INSERT INTO shift (record) VALUES (?)')
    this.#save = database.prepare('UPDATE shift SET record = ? WHERE id = ?')
  }

  last(): Shift | null {
    return this.list(1, null)[0] ?? null
  }

  list(limit: number, beforeId: number | null): Shift[] {
    return Rows.parse(this.#list.all(beforeId, limit)).map(({ id, record }) => ({
      id,
      ...Record.parse(JSON.parse(record)),
    }))
  }

  find(id: number): Shift | null {
    return this.list(1, id + 1).find((shift) => shift.id === id) ?? null
  }

  add(shift: Omit<Shift, 'id'>): Shift {
    const { lastInsertRowid } = this.#add.run(JSON.stringify(shift))
    return { id: Number(lastInsertRowid), ...shift }
  }

  save({ id, ...record }: Shift): void {
    this.#save.run(JSON.stringify(record), id)
  }
}
