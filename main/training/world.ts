import { z } from 'zod'
import { sampleKinds } from '../contract/snapshot.ts'

/*
 * The state of the stand-in. A plain value that can be written to a file; other modules of this folder change it.
 * Instants are in epoch milliseconds, money is in fen.
 */

const Instant = z.number().int()

const IssuedKey = z.object({
  serial: z.string(),
  certificatePem: z.string(),
  privateKeyPem: z.string(),
})
export type IssuedKey = z.infer<typeof IssuedKey>

const PlatformCertificate = IssuedKey.extend({ validFrom: Instant, validUntil: Instant })
export type PlatformCertificate = z.infer<typeof PlatformCertificate>

/** A batch of coupons (批次), which the API calls a stock. */
export const Stock = z.object({
  stockId: z.string(),
  mchid: z.string(),
  name: z.string(),
  kind: z.enum(['NORMAL', 'DISCOUNT', 'EXCHANGE']),
  goodsName: z.string(),
  codeMode: z.enum(['WECHATPAY_MODE', 'MERCHANT_API', 'MERCHANT_UPLOAD']),
  discountFen: z.number().int().nullable(),
  payPercent: z.number().int().nullable(),
  exchangePriceFen: z.number().int().nullable(),
  thresholdFen: z.number().int(),
  availableFrom: Instant,
  availableUntil: Instant,
})
export type Stock = z.infer<typeof Stock>

export const Coupon = z.object({
  code: z.string(),
  stockId: z.string(),
  openid: z.string(),
  /** The documents do not explain the last four. */
  state: z.enum([
    'SENDED',
    'USED',
    'DELETED',
    'DEACTIVATED',
    'PENDING_REDEEM',
    'REDEEM_CONFIRMING',
    'REDEEM_FAILED',
    'REDEEM_EXPIRED',
  ]),
  availableFrom: Instant,
  availableUntil: Instant,
  receivedAt: Instant,
  use: z.object({ mchid: z.string(), requestNo: z.string(), at: Instant }).nullable(),
  returned: z.object({ requestNo: z.string(), at: Instant }).nullable(),
  /** For training: requests about this coupon are slow, or fail for a while after the first. */
  trouble: z.enum(['slow-network', 'no-network']).nullable(),
  firstTriedAt: Instant.nullable(),
})
export type Coupon = z.infer<typeof Coupon>

const Sample = z.object({ kind: z.enum(sampleKinds), code: z.string(), stockId: z.string() })

const Merchant = z.object({
  mchid: z.string(),
  appid: z.string(),
  certificates: z.array(z.object({ serial: z.string(), certificatePem: z.string() })),
})
export type Merchant = z.infer<typeof Merchant>

/** An effect that WeChat Pay would have booked. Tests compare the till's records with these. */
const Effect = z.object({
  kind: z.enum(['use', 'return']),
  code: z.string(),
  stockId: z.string(),
  mchid: z.string(),
  useRequestNo: z.string(),
  at: Instant,
  /** Of the request body as it came, and of the body without its time. */
  bodySha256: z.string(),
  timelessSha256: z.string(),
  /** How often the same request came again. */
  replays: z.number().int().nonnegative(),
})

/** A request that got an error as its reply. */
const Refusal = z.object({
  target: z.string(),
  code: z.string().nullable(),
  status: z.number().int(),
  apiCode: z.string(),
  at: Instant,
})

/** A fault that was played on a request. */
const FaultNote = z.object({ fault: z.string(), target: z.string(), at: Instant })

export const Ledger = z.object({
  /** How many requests came in for each path, those with faults included. */
  requests: z.record(z.string(), z.number().int()),
  effects: z.array(Effect),
  refusals: z.array(Refusal),
  faults: z.array(FaultNote),
})
export type Ledger = z.infer<typeof Ledger>

export const World = z.object({
  version: z.literal(2),
  apiV3Key: z.string().length(32),
  publicKey: IssuedKey.extend({ id: z.string() }),
  platformCertificates: z.array(PlatformCertificate),
  /** The first is the merchant of training tills; the second owns the batch that is not theirs. */
  merchants: z.array(Merchant).min(2),
  stocks: z.array(Stock),
  coupons: z.array(Coupon),
  samples: z.array(Sample),
  ledger: Ledger,
})
export type World = z.infer<typeof World>

export function findCoupon(world: World, code: string): Coupon | null {
  return world.coupons.find((coupon) => coupon.code === code) ?? null
}

export function findStock(world: World, stockId: string): Stock | null {
  return world.stocks.find((stock) => stock.stockId === stockId) ?? null
}

/** The merchant that training tills work for. */
export function trainingMerchant(world: World): Merchant {
  const [merchant] = world.merchants
  if (merchant === undefined) throw new Error('a world has at least one merchant')
  return merchant
}
