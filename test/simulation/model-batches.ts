import { stockFacts } from '../../main/wechatpay/facts.ts'
import { StockReply } from '../../main/wechatpay/reply-schemas.ts'
import type { StockFacts } from '../../main/redemption/gateway.ts'
import type { PlannedBatch, PlannedWeek } from './plan/batches.ts'
import { startsAt } from './plan/time.ts'

const modes = { issued: 'WECHATPAY_MODE', uploaded: 'MERCHANT_UPLOAD', own: 'MERCHANT_API' }
const beijingMs = 8 * 3_600_000
const dayMs = 24 * 3_600_000

/** Whether the batch may be used at this instant. Uses none of the till's code, so that the two check each other. */
export function isBatchOpen({ startsAtMs, endsAtMs, week }: PlannedBatch, at: number): boolean {
  const sinceStart = at - startsAt
  if (startsAtMs !== null && sinceStart < startsAtMs) return false
  if (endsAtMs !== null && sinceStart > endsAtMs) return false
  return week === null || isInWeek(week, at)
}

function isInWeek({ days, spans }: PlannedWeek, at: number): boolean {
  const inBeijing = at + beijingMs
  // The epoch began on a Thursday.
  const weekday = (4 + Math.floor(inBeijing / dayMs)) % 7
  const second = Math.floor((inBeijing % dayMs) / 1000)
  const isInSpan =
    spans.length === 0 || spans.some(({ from, to }) => second >= from && second <= to)
  return days.includes(weekday) && isInSpan
}

/** Returns the batch as the client reads its description; `null` where the client cannot use the reply. */
export function describeBatch(batch: PlannedBatch): StockFacts | null {
  const parsed = StockReply.safeParse(replyOf(batch))
  return parsed.success ? stockFacts(parsed.data) : null
}

function replyOf(batch: PlannedBatch): unknown {
  const { kind, thresholdFen, described } = batch
  const minimum = thresholdFen === null ? {} : { transaction_minimum: thresholdFen }
  const values = {
    NORMAL: { fixed_normal_coupon: { discount_amount: batch.discountFen, ...minimum } },
    DISCOUNT: { discount_coupon: { discount_percent: batch.payPercent, ...minimum } },
    EXCHANGE: { exchange_coupon: { exchange_price: batch.exchangePriceFen, ...minimum } },
    CASH_BACK: { cash_back_coupon: { cash_back: batch.discountFen, ...minimum } },
  }
  return {
    stock_id: batch.stockId,
    stock_name: `batch ${batch.stockId}`,
    stock_type: kind,
    stock_state: 'RUNNING',
    goods_name: kind === 'EXCHANGE' ? '热豆浆' : null,
    coupon_code_mode: modes[batch.codes],
    coupon_use_rule: {
      coupon_available_time: availableTime(batch),
      ...(described === 'whole' && values[kind]),
    },
  }
}

function availableTime({ startsAtMs, endsAtMs, week, oddField }: PlannedBatch): object {
  return {
    ...(startsAtMs !== null && { available_begin_time: timeText(startsAtMs) }),
    ...(endsAtMs !== null && { available_end_time: timeText(endsAtMs) }),
    ...(week && {
      available_week: {
        week_day: week.days,
        available_day_time: week.spans.map(({ from, to }) => ({ begin_time: from, end_time: to })),
      },
    }),
    ...(oddField === 'week-day' && { available_week: { week_day: ['EVERYDAY'] } }),
    ...(oddField === 'day-time' && {
      available_week: { week_day: week?.days ?? [1], available_day_time: 'MORNING' },
    }),
    ...(oddField === 'irregular-time' && { irregulary_avaliable_time: { begin_time: 1 } }),
  }
}

function timeText(atMs: number): string {
  return new Date(startsAt + atMs + beijingMs).toISOString().replace(/\.\d{3}Z$/, '+08:00')
}
