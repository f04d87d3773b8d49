import { z } from 'zod'
import { type OfficeFilter, officeOutages, type OfficeOutages } from '../../contract/office.ts'
import type { OfficeDatabase } from '../office-database.ts'
import type { Names } from './names.ts'
import { conditionsOf, pageSize, placeOf } from './redemption-query.ts'

const Rows = z.array(
  z.object({
    id: z.number(),
    kind: z.enum(officeOutages),
    shop: z.number(),
    till: z.number().nullable(),
    began_at: z.number(),
    ended_at: z.number().nullable(),
  }),
)
const Count = z.object({ count: z.number() })
const Given = z.object({ honoured: z.number(), fen: z.number(), loss: z.number() })
const endOfTime = 8_640_000_000_000_000

export class OutagesQuery {
  readonly #database: OfficeDatabase
  readonly #given

  constructor(database: OfficeDatabase) {
    this.#database = database
    this.#given = database.prepare(`
      SELECT count(*) AS honoured, total(given_fen) AS fen, total(loss_fen) AS loss FROM redemption
      WHERE till = ? AND honoured = 1 AND at BETWEEN ? AND ?`)
  }

  outages(filter: OfficeFilter, cursor: string | null, names: Names): OfficeOutages {
    const { where, values } = conditionsOf(filter, names, { hasStock: false, time: 'began_at' })
    const { count } = Count.parse(
      this.#database
        .prepare(`SELECT count(*) AS count FROM outage WHERE ${where.join(' AND ')}`)
        .get(...values),
    )
    const after = placeOf(cursor)
    if (after !== null) {
      where.push('(began_at, id) < (?, ?)')
      values.push(...after)
    }
    const rows = Rows.parse(
      this.#database
        .prepare(
          `SELECT * FROM outage WHERE ${where.join(' AND ')} ORDER BY began_at DESC, id DESC LIMIT ${pageSize + 1}`,
        )
        .all(...values),
    )
    const shown = rows.slice(0, pageSize)
    const last = rows.length > pageSize ? shown.at(-1) : undefined
    return {
      entries: shown.map((row) => {
        const { shop, till, began_at: from, ended_at: until } = row
        const { honoured, fen, loss } = Given.parse(this.#given.get(till, from, until ?? endOfTime))
        return {
          kind: row.kind,
          shopId: names.shops.get(shop)?.code ?? '-',
          shopName: names.shops.get(shop)?.name ?? '-',
          tillId: till === null ? null : (names.tills.get(till)?.key ?? '-'),
          tillName: till === null ? null : (names.tills.get(till)?.name ?? '-'),
          from,
          until,
          honoured,
          honouredFen: fen,
          lossFen: loss,
        }
      }),
      cursor: last === undefined ? null : `${last.began_at}:${last.id}`,
      count,
    }
  }
}
