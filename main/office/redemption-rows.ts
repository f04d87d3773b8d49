import { z } from 'zod'
import { beijingDay, beijingMs, dayMs, hourMs } from '../contract/beijing-day.ts'
import type { OfficeRecord } from '../chain/office/office-messages.ts'
import type { FigureChanges } from './figures.ts'
import { figuresOf, fold, type Folded, isGiven, isLoss, isOpen, unrecorded } from './fold.ts'
import type { OfficeDatabase } from './office-database.ts'

/** One record in the life of a redemption: id, time, kind, till, reason, resolution. */
export const LifeStep = z.tuple([
  z.string(),
  z.number(),
  z.string(),
  z.number(),
  z.string().nullable(),
  z.string().nullable(),
])
type LifeStep = z.infer<typeof LifeStep>

export const Life = z.array(LifeStep)

const Row = z.object({
  id: z.number(),
  at: z.number(),
  stock: z.string(),
  coupon: z.instanceof(Uint8Array).nullable(),
  state: z.string(),
  settled_at: z.number().nullable(),
  reason: z.string().nullable(),
  honoured: z.number(),
  released: z.number(),
  was_redeemed: z.number(),
  resolution: z.string().nullable(),
  given_fen: z.number().nullable(),
  life: z.string(),
})

const Counted = z.object({
  times: z.number(),
  shops: z.number(),
  at: z.number().nullable(),
  stock: z.string().nullable(),
  sum: z.number().nullable(),
  most: z.number().nullable(),
})

/** Enough of a record's id to tell it from the others of its redemption. */
const idDigits = 12

/** Writes redemptions as their records come in, and what they count for. */
export class RedemptionRows {
  readonly #changes: FigureChanges
  readonly #find
  readonly #write
  readonly #count
  readonly #double
  readonly #undouble

  constructor(database: OfficeDatabase, changes: FigureChanges) {
    this.#changes = changes
    this.#find = database.prepare('SELECT * FROM redemption WHERE number = ? AND shop = ?')
    this.#write = database.prepare(`
      INSERT INTO redemption (id, shop, till, number, coupon, stock, at, settled_at, state, reason, honoured, released, was_redeemed,
        resolution, given_fen, is_given, is_open, loss_fen, is_loss, life)
      VALUES (@id, @shop, @till, @number, @coupon, @stock, @at, @settledAt, @state, @reason, @honoured, @released, @wasRedeemed,
        @resolution, @givenFen, @isGiven, @isOpen, @lossFen, @isLoss, @life)
      ON CONFLICT (id) DO UPDATE SET till = @till, coupon = @coupon, settled_at = @settledAt, state = @state, reason = @reason,
        honoured = @honoured, released = @released, was_redeemed = @wasRedeemed, resolution = @resolution, given_fen = @givenFen,
        is_given = @isGiven, is_open = @isOpen, loss_fen = @lossFen, is_loss = @isLoss, life = @life`)
    this.#count = database.prepare(`
      SELECT count(*) AS times, count(DISTINCT shop) AS shops, max(at) AS at, max(stock) AS stock,
        sum(given_fen) AS sum, max(given_fen) AS most
      FROM redemption WHERE coupon = ? AND is_given = 1`)
    this.#double = database.prepare(`
      INSERT INTO doubled VALUES (@coupon, @at, @stock, @shops, @lossFen)
      ON CONFLICT DO UPDATE SET at = @at, stock = @stock, shops = @shops, loss_fen = @lossFen`)
    this.#undouble = database.prepare('DELETE FROM doubled WHERE coupon = ?')
  }

  /** Takes a record into account, unless it was before. Returns whether it was new. */
  add(shop: number, till: number, record: OfficeRecord): boolean {
    const found = this.#find.get(record.number, shop)
    const row = found === undefined ? null : Row.parse(found)
    const life = row === null ? [] : Life.parse(JSON.parse(row.life))
    const id = record.id.slice(0, idDigits)
    if (life.some(([known]) => known === id)) return false
    const before = row === null ? null : foldedOf(row)
    const after = fold(before ?? unrecorded, record)
    // The first record decides where it counts.
    const at = row?.at ?? record.at
    const stock = row?.stock ?? record.batch ?? ''
    const coupon =
      row?.coupon ?? (record.coupon === null ? null : Buffer.from(record.coupon, 'hex'))
    const figures = figuresOf(after)
    const step: LifeStep = [id, record.at, record.kind, till, record.reason, record.resolution]
    this.#write.run({
      id: row?.id ?? null,
      shop,
      till,
      number: record.number,
      coupon,
      stock,
      at,
      ...after,
      honoured: Number(after.honoured),
      released: Number(after.released),
      wasRedeemed: Number(after.wasRedeemed),
      isGiven: Number(isGiven(after)),
      isOpen: Number(isOpen(after)),
      lossFen: figures.lossFen,
      isLoss: Number(isLoss(after)),
      life: JSON.stringify([...life, step]),
    })
    this.#changes.change(
      { shop, day: beijingDay(at), hour: hourOf(at), stock },
      before && figuresOf(before),
      figures,
    )
    const wasGiven = before !== null && isGiven(before) && row?.coupon !== null
    const isSame = wasGiven === isGiven(after) && before?.givenFen === after.givenFen
    if (coupon !== null && (wasGiven || isGiven(after)) && !isSame) this.#countCoupon(coupon)
    return true
  }

  #countCoupon(coupon: Uint8Array): void {
    const { times, shops, at, stock, sum, most } = Counted.parse(this.#count.get(coupon))
    if (times < 2) this.#undouble.run(coupon)
    else this.#double.run({ coupon, at, stock, shops, lossFen: (sum ?? 0) - (most ?? 0) })
  }
}

function foldedOf(row: z.infer<typeof Row>): Folded {
  return {
    state: row.state,
    settledAt: row.settled_at,
    reason: row.reason,
    honoured: row.honoured === 1,
    released: row.released === 1,
    wasRedeemed: row.was_redeemed === 1,
    resolution: row.resolution,
    givenFen: row.given_fen,
  }
}

/** Of Beijing's day. */
function hourOf(at: number): number {
  return Math.floor(((at + beijingMs) % dayMs) / hourMs)
}
