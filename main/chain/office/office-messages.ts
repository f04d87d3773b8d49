import { z } from 'zod'

/*
 * What a shop tells its head office, sealed. A newer shop may write more: what is not known here is passed over. No code and no openid
 * is in any of it.
 */

const Count = z.int().nonnegative()

/** A record of the journal. `JournalRecord` has what the fields mean. */
export const OfficeRecord = z.object({
  /** In the shop's journal. */
  sequence: Count,
  /** The till's public nkey. */
  till: z.string().max(64),
  id: z.string().max(64),
  at: Count,
  kind: z.string().max(32),
  /** Hash of the coupon under the head office's key, 32 hexadecimal digits; `null` once the code was erased. */
  coupon: z.string().length(32).nullable(),
  batch: z.string().max(64).nullable(),
  number: z.string().max(64),
  honoured: z.boolean(),
  discountFen: Count.nullable(),
  reason: z.string().max(64).nullable(),
  resolution: z.string().max(32).nullable(),
})
export type OfficeRecord = z.infer<typeof OfficeRecord>

/** Records of one journal, in its order and without a gap. */
export const OfficeBatch = z.object({
  /** What people call the shop. */
  shop: z.string().max(64),
  /** The shop's journal by its stream's id: a server that lost its disk begins another. */
  journal: z.string().max(64),
  /** The journal's sequences that this covers: those after `after` up to `upTo`. */
  after: Count,
  upTo: Count,
  /** Records that could not be opened at the shop: written under another chain key, or changed. */
  unreadable: Count,
  records: z.array(OfficeRecord),
})
export type OfficeBatch = z.infer<typeof OfficeBatch>

/** How it is with one till, as it says itself. */
export const TillReport = z.object({
  at: Count,
  version: z.string().max(64),
  /** When the merchant's certificate ends, epoch milliseconds. */
  certificateUntil: Count.nullable(),
  /** This computer's clock minus WeChat Pay's, in milliseconds. */
  clockOffsetMs: z.int().nullable(),
  /** `null`: not checked since the till was started. */
  isAuditIntact: z.boolean().nullable(),
  /** Its queue waits for a person. */
  isStopped: z.boolean(),
  /** Records that the shop's server does not have yet; `null`: not known. */
  behind: Count.nullable(),
})
export type TillReport = z.infer<typeof TillReport>

/** How it is with a shop, published regularly. */
export const ShopReport = z.object({
  at: Count,
  /** What people call the shop. */
  shop: z.string().max(64),
  version: z.string().max(64),
  /** Of the shop's own server. */
  certificateUntil: Count,
  isDiskLow: z.boolean(),
  isGateOpen: z.boolean(),
  /** Records of the journal that the hub does not have yet. */
  behind: Count,
  tills: z.array(
    z.object({
      key: z.string().max(64),
      name: z.string().max(64),
      /** When the shop's server last heard of it; `null`: not since the server's program was started. */
      seenAt: Count.nullable(),
      report: TillReport.nullable(),
    }),
  ),
})
export type ShopReport = z.infer<typeof ShopReport>
