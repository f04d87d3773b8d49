import { z } from 'zod'
import { parseJson } from '../../contract/json.ts'
import { beijingMs, dayMs, hourMs } from '../../contract/beijing-day.ts'
import type {
  OfficeFilter,
  OfficeLife,
  OfficeList,
  OfficeListQuery,
  OfficeRedemption,
} from '../../contract/office.ts'
import { RedemptionState } from '../../contract/redemption-view.ts'
import type { OfficeDatabase } from '../office-database.ts'
import { Life } from '../redemption-rows.ts'
import type { Names } from './names.ts'

/** How many entries a list has. */
export const pageSize = 100

const Row = z.object({
  id: z.number(),
  shop: z.number(),
  till: z.number(),
  number: z.string(),
  coupon: z.instanceof(Uint8Array).nullable(),
  stock: z.string(),
  at: z.number(),
  settled_at: z.number().nullable(),
  state: z.string(),
  reason: z.string().nullable(),
  honoured: z.number(),
  given_fen: z.number().nullable(),
  is_given: z.number(),
  loss_fen: z.number(),
  life: z.string(),
})
type Row = z.infer<typeof Row>
const Rows = z.array(Row)

const kindConditions = {
  redeemed: 'was_redeemed = 1',
  refused: "state = 'refused'",
  open: 'is_open = 1',
  loss: 'is_loss = 1',
  returned: "state = 'returned'",
} as const

/** Reads single redemptions. */
export class RedemptionQuery {
  readonly #database: OfficeDatabase
  readonly #one
  readonly #ofCoupon

  constructor(database: OfficeDatabase) {
    this.#database = database
    this.#one = database.prepare('SELECT * FROM redemption WHERE id = ?')
    this.#ofCoupon = database.prepare(
      'SELECT * FROM redemption WHERE coupon = ? AND is_given = 1 ORDER BY at LIMIT 100',
    )
  }

  list({ filter, tillId, kind, requestNo, cursor }: OfficeListQuery, names: Names): OfficeList {
    const { where, values } = conditionsOf(filter, names)
    if (tillId !== null) {
      const tills = [...names.tills].filter(([, { key }]) => key === tillId).map(([id]) => id)
      where.push(`till IN (${tills.join()})`)
    }
    if (kind !== null) where.push(kindConditions[kind])
    if (requestNo !== '') {
      where.push('number >= ? AND number < ?')
      values.push(requestNo, `${requestNo}\u{10FFFF}`)
    }
    const after = placeOf(cursor)
    if (after !== null) {
      where.push('(at, id) < (?, ?)')
      values.push(...after)
    }
    const sql = `SELECT * FROM redemption WHERE ${where.join(' AND ')} ORDER BY at DESC, id DESC LIMIT ${pageSize + 1}`
    const rows = Rows.parse(this.#database.prepare(sql).all(...values))
    const shown = rows.slice(0, pageSize)
    const last = rows.length > pageSize ? shown.at(-1) : undefined
    return {
      entries: shown.map((row) => viewOf(row, names)),
      cursor: last === undefined ? null : `${last.at}:${last.id}`,
    }
  }

  life(id: string, names: Names): OfficeLife | null {
    const found = /^\d{1,15}$/.test(id) ? this.#one.get(Number(id)) : undefined
    if (found === undefined) return null
    const row = Row.parse(found)
    return {
      redemption: viewOf(row, names),
      steps: Life.parse(parseJson(row.life)).map(([, at, event, till, reason, resolution]) => ({
        at,
        event,
        by: names.tills.get(till)?.name ?? null,
        reason,
        status: null,
        apiCode: null,
        how: resolution,
        why: null,
      })),
      others:
        row.coupon === null ? [] : this.given(row.coupon, names).filter((other) => other.id !== id),
    }
  }

  /** Each time that the discount of a coupon was given, oldest first. */
  given(coupon: Uint8Array, names: Names): OfficeRedemption[] {
    return Rows.parse(this.#ofCoupon.all(coupon)).map((row) => viewOf(row, names))
  }
}

/** What a filter says about a row with `shop`, `stock` and `at`. */
export function conditionsOf(
  { from, until, shopId, stockId, hour }: OfficeFilter,
  names: Names,
  { hasStock = true, time = 'at' }: { readonly hasStock?: boolean; readonly time?: string } = {},
): { where: string[]; values: (string | number)[] } {
  const where = [`${time} >= ?`, `${time} < ?`]
  const values: (string | number)[] = [from, until]
  if (shopId !== null) {
    where.push('shop = ?')
    values.push(names.shopOf(shopId) ?? -1)
  }
  if (stockId !== null && hasStock) {
    where.push('stock = ?')
    values.push(stockId)
  }
  if (hour !== null) {
    where.push(`((${time} + ${beijingMs}) % ${dayMs}) / ${hourMs} = ?`)
    values.push(hour)
  }
  return { where, values }
}

/** Reads `time:id`; `null` at the beginning of a list. */
export function placeOf(cursor: string | null): [number, number] | null {
  const found = /^(\d{1,15}):(\d{1,15})$/.exec(cursor ?? '')
  return found === null ? null : [Number(found[1]), Number(found[2])]
}

function viewOf(row: Row, { shops, tills }: Names): OfficeRedemption {
  const shop = shops.get(row.shop)
  const till = tills.get(row.till)
  const state = RedemptionState.safeParse(row.state)
  return {
    id: String(row.id),
    couponId: row.coupon === null ? null : Buffer.from(row.coupon).toString('hex'),
    shopId: shop?.code ?? '-',
    shopName: shop?.name ?? '-',
    tillId: till?.key ?? '-',
    tillName: till?.name ?? '-',
    useRequestNo: row.number,
    stockId: row.stock === '' ? null : row.stock,
    stockName: null,
    recordedAt: row.at,
    settledAt: row.settled_at,
    state: state.success ? state.data : null,
    reason: row.reason,
    isHonoured: row.honoured === 1,
    discountFen: row.is_given === 1 ? row.given_fen : null,
    totalFen: null,
    lossFen: row.loss_fen,
    cashier: null,
  }
}
