import type { Dice } from '../dice.ts'
import { day, hour, second } from './time.ts'

/** A batch (批次) as WeChat Pay stores it. Money in fen, instants in milliseconds from the start. */
export interface PlannedBatch {
  readonly stockId: string
  /**
   * Who made its codes: WeChat Pay (`issued`); the merchant, who uploaded them (`uploaded`); the merchant, who did not
   * (`own`).
   */
  readonly codes: 'issued' | 'uploaded' | 'own'
  /** The form of codes that are not issued; `null` for issued ones. */
  readonly shape: CodeShape | null
  readonly kind: 'NORMAL' | 'DISCOUNT' | 'EXCHANGE' | 'CASH_BACK'
  readonly discountFen: number
  readonly payPercent: number
  readonly exchangePriceFen: number
  readonly thresholdFen: number | null
  readonly startsAtMs: number | null
  readonly endsAtMs: number | null
  readonly week: PlannedWeek | null
  /** A field of its rule in a form that no document has. */
  readonly oddField: 'week-day' | 'day-time' | 'irregular-time' | null
  /** What a till learns when it queries the batch. */
  readonly described: 'whole' | 'without-value' | 'never'
}

/** Days and hours in Beijing time; 0 is Sunday, spans in seconds of the day, both ends included. */
export interface PlannedWeek {
  readonly days: readonly number[]
  readonly spans: readonly { readonly from: number; readonly to: number }[]
}

/** The form of a merchant's own codes, and whether the shop's settings name their batch. */
export interface CodeShape {
  readonly pattern: RegExp
  readonly prefix: string
  readonly digits: number
  /**
   * `named`: in the settings with its batch. `shared`: with another batch, which is over, as well. `none`: the form is in the settings for another
   * batch.
   */
  readonly setting: 'named' | 'shared' | 'none'
}

const hourSeconds = hour / second

const uploadedShape: CodeShape = {
  pattern: /UP\d{10}/,
  prefix: 'UP',
  digits: 10,
  setting: 'named',
}
const sharedShape: CodeShape = { pattern: /SH-\d{8}/, prefix: 'SH-', digits: 8, setting: 'shared' }
const longShape: CodeShape = { pattern: /77\d{20}/, prefix: '77', digits: 20, setting: 'named' }

export function planBatches(dice: Dice, endsAtMs: number): readonly PlannedBatch[] {
  const issued = dice.times(dice.between(1, 4), (index) =>
    planBatch(dice, endsAtMs, { stockId: `stock-${index}`, codes: 'issued', shape: null }),
  )
  const uploaded = planBatch(dice, endsAtMs, {
    stockId: 'stock-up',
    codes: 'uploaded',
    shape: uploadedShape,
  })
  const others = [
    planBatch(dice, endsAtMs, { stockId: 'stock-shared', codes: 'own', shape: sharedShape }),
    planBatch(dice, endsAtMs, { stockId: 'stock-long', codes: 'own', shape: longShape }),
    // Of the same form as another batch, so that only the cashier can tell which of the two.
    planBatch(dice, endsAtMs, {
      stockId: 'stock-up-2',
      codes: 'uploaded',
      shape: { ...uploadedShape, setting: 'none' },
    }),
  ]
  return [...issued, uploaded, ...dice.some(others, 0.4)]
}

function planBatch(
  dice: Dice,
  endsAtMs: number,
  of: Pick<PlannedBatch, 'stockId' | 'codes' | 'shape'>,
): PlannedBatch {
  return {
    ...of,
    kind: dice.pick(['NORMAL', 'NORMAL', 'DISCOUNT', 'EXCHANGE', 'CASH_BACK']),
    discountFen: dice.between(1, dice.pick([2000, 20_000])),
    payPercent: dice.between(50, 99),
    exchangePriceFen: dice.pick([0, 100, 990]),
    thresholdFen: dice.chance(0.4) ? dice.between(1, 20_000) : null,
    startsAtMs: dice.chance(0.1) ? dice.between(0, endsAtMs) : null,
    endsAtMs: dice.chance(0.6) ? planEnd(dice, endsAtMs) : null,
    week: dice.chance(0.25) ? planWeek(dice) : null,
    oddField: dice.chance(0.15) ? dice.pick(['week-day', 'day-time', 'irregular-time']) : null,
    described: dice.pick(['whole', 'whole', 'whole', 'whole', 'without-value', 'never']),
  }
}

function planEnd(dice: Dice, endsAtMs: number): number {
  return dice.chance(0.25) ? dice.between(0, endsAtMs) : endsAtMs + 30 * day
}

/** Plans days and hours, mostly with one that begins or ends while the shop is open. */
function planWeek(dice: Dice): PlannedWeek {
  const from = dice.between(9 * hourSeconds, 11 * hourSeconds)
  const span = { from, to: from + dice.between(hourSeconds / 2, 6 * hourSeconds) }
  const evening = { from: 20 * hourSeconds, to: 24 * hourSeconds - 1 }
  return {
    days: dice.pick([[1], [1, 2, 3, 4, 5], [0, 6], [2], [0, 1, 2, 3, 4, 5, 6]]),
    spans: dice.pick([[], [span], [span, evening]]),
  }
}
