import { z } from 'zod'
import type { OfficeDoubles, OfficeFilter } from '../../contract/office.ts'
import type { OfficeDatabase } from '../office-database.ts'
import type { Names } from './names.ts'
import { pageSize, type RedemptionQuery } from './redemption-query.ts'

const Rows = z.array(
  z.object({
    coupon: z.instanceof(Uint8Array),
    at: z.number(),
    stock: z.string(),
    shops: z.number(),
    loss_fen: z.number(),
  }),
)
const Sums = z.object({ count: z.number(), loss: z.number() })

/** Coupons whose discount was given more than once, by the last time that it was. They are few. */
export class DoublesQuery {
  readonly #database: OfficeDatabase
  readonly #redemptions: RedemptionQuery

  constructor(database: OfficeDatabase, redemptions: RedemptionQuery) {
    this.#database = database
    this.#redemptions = redemptions
  }

  doubles(filter: OfficeFilter, cursor: string | null, names: Names): OfficeDoubles {
    const { from, until, stockId, shopId } = filter
    const where = ['at >= ?', 'at < ?']
    const values: (string | number)[] = [from, until]
    if (stockId !== null) {
      where.push('stock = ?')
      values.push(stockId)
    }
    if (shopId !== null) {
      where.push(
        'EXISTS (SELECT 1 FROM redemption WHERE coupon = doubled.coupon AND is_given = 1 AND shop = ?)',
      )
      values.push(names.shopOf(shopId) ?? -1)
    }
    const of = `FROM doubled WHERE ${where.join(' AND ')}`
    const sums = Sums.parse(
      this.#database
        .prepare(`SELECT count(*) AS count, total(loss_fen) AS loss ${of}`)
        .get(...values),
    )
    // Few, so that a number of rows to leave out will do for a cursor.
    const start = Number(/^\d{1,9}$/.exec(cursor ?? '')?.[0] ?? 0)
    const rows = Rows.parse(
      this.#database
        .prepare(`SELECT * ${of} ORDER BY at DESC, coupon LIMIT ${pageSize} OFFSET ${start}`)
        .all(...values),
    )
    const end = start + rows.length
    return {
      entries: rows.map(({ coupon, stock, shops, loss_fen }) => ({
        couponId: Buffer.from(coupon).toString('hex'),
        stockId: stock === '' ? null : stock,
        stockName: null,
        shops,
        given: this.#redemptions.given(coupon, names),
        lossFen: loss_fen,
      })),
      cursor: end < sums.count ? String(end) : null,
      count: sums.count,
      lossFen: sums.loss,
    }
  }
}
