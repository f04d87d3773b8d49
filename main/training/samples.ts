import type { SampleCoupon } from '../contract/snapshot.ts'
import { randomDigits } from './create-world.ts'
import type { Coupon, Stock, World } from './world.ts'

type SampleKind = SampleCoupon['kind']

const dayMs = 86_400_000
/** So many coupons without an effect are kept, which is more than anybody practises with in a day. */
const mostUntouched = 500

/** The sample coupons, in the order in which a newcomer tries them. */
const samples: readonly { kind: SampleKind; batch: keyof typeof batches }[] = [
  { kind: 'valid', batch: 'normal' },
  { kind: 'valid', batch: 'discount' },
  { kind: 'valid', batch: 'exchange' },
  { kind: 'used', batch: 'normal' },
  { kind: 'expired', batch: 'normal' },
  { kind: 'not-yet-valid', batch: 'discount' },
  { kind: 'unknown', batch: 'normal' },
  { kind: 'other-merchant', batch: 'foreign' },
  { kind: 'slow-network', batch: 'discount' },
  { kind: 'no-network', batch: 'normal' },
]

const noValue = { discountFen: null, payPercent: null, exchangePriceFen: null }
const batches = {
  normal: {
    ...noValue,
    stockId: '1200000000000101',
    name: '满100减20',
    kind: 'NORMAL',
    goodsName: '全场商品',
    discountFen: 2000,
    thresholdFen: 10_000,
  },
  discount: {
    ...noValue,
    stockId: '1200000000000102',
    name: '满50打88折',
    kind: 'DISCOUNT',
    goodsName: '全场商品',
    payPercent: 88,
    thresholdFen: 5000,
  },
  exchange: {
    ...noValue,
    stockId: '1200000000000103',
    name: '1元换购热豆浆',
    kind: 'EXCHANGE',
    goodsName: '热豆浆一杯',
    exchangePriceFen: 100,
    thresholdFen: 0,
  },
  foreign: {
    ...noValue,
    stockId: '1200000000000901',
    name: '别家满30减5',
    kind: 'NORMAL',
    goodsName: '全场商品',
    discountFen: 500,
    thresholdFen: 3000,
  },
} as const

/** The samples for the page. One that is unknown to WeChat Pay has no batch. */
export function listSamples(world: World): SampleCoupon[] {
  return world.samples.map(({ kind, code, stockId }) => {
    const stock = world.stocks.find((entry) => entry.stockId === stockId)
    const state = world.coupons.find((entry) => entry.code === code)?.state
    return {
      kind,
      code,
      stock: stock === undefined || kind === 'unknown' ? null : viewOf(stock),
      isSpent: kind !== 'used' && state === 'USED',
    }
  })
}

/**
 * Replaces the samples by new ones. Old coupons stay if the ledger has an effect on them; of the others the newest stay,
 * because they may wait in a till's queue. `now` is in epoch milliseconds.
 */
export function renewSamples(world: World, now: number): void {
  const ids = new Set<string>(Object.values(batches).map((batch) => batch.stockId))
  world.stocks = world.stocks.filter((stock) => !ids.has(stock.stockId))
  for (const [name, batch] of Object.entries(batches)) {
    world.stocks.push({
      ...batch,
      mchid: world.merchants[name === 'foreign' ? 1 : 0]?.mchid ?? '',
      codeMode: 'WECHATPAY_MODE',
      availableFrom: now - 30 * dayMs,
      availableUntil: now + 180 * dayMs,
    })
  }
  const withEffect = new Set(world.ledger.effects.map((effect) => effect.code))
  const untouched = world.coupons.filter(({ code }) => !withEffect.has(code))
  const forgotten = new Set(untouched.slice(0, -mostUntouched))
  world.coupons = world.coupons.filter((coupon) => !forgotten.has(coupon))
  world.samples = samples.map(({ kind, batch }) => {
    const { stockId } = batches[batch]
    // 22 digits, as WeChat Pay's own codes have.
    const code = `1201059453${randomDigits(12)}`
    if (kind !== 'unknown') world.coupons.push(sampleCoupon(kind, code, stockId, now))
    return { kind, code, stockId }
  })
}

function sampleCoupon(kind: SampleKind, code: string, stockId: string, now: number): Coupon {
  const coupon: Coupon = {
    code,
    stockId,
    openid: `o${randomDigits(27)}`,
    state: 'SENDED',
    availableFrom: now - 30 * dayMs,
    availableUntil: now + 180 * dayMs,
    receivedAt: now - 2 * dayMs,
    use: null,
    returned: null,
    trouble: kind === 'slow-network' || kind === 'no-network' ? kind : null,
    firstTriedAt: null,
  }
  if (kind === 'expired') coupon.availableUntil = now - dayMs
  if (kind === 'not-yet-valid') coupon.availableFrom = now + 7 * dayMs
  if (kind === 'used') {
    coupon.state = 'USED'
    coupon.use = {
      mchid: '1900000109',
      requestNo: `other-till-${randomDigits(12)}`,
      at: now - dayMs,
    }
  }
  return coupon
}

function viewOf(stock: Stock): SampleCoupon['stock'] {
  const { stockId, name, kind, discountFen, thresholdFen } = stock
  const { payPercent, exchangePriceFen, goodsName } = stock
  return {
    stockId,
    name,
    kind,
    discountFen,
    thresholdFen,
    payPercent,
    exchangePriceFen,
    goodsName,
  }
}
