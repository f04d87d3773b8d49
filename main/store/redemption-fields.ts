import { z } from 'zod'
import { reasons } from '../contract/reason.ts'
import { RedemptionState, Resolution, ScanSource } from '../contract/redemption-view.ts'
import { type Redemption, releaseKinds } from '../redemption/redemption.ts'
import { bytes, number, oneOf, orNull, text } from './column-readers.ts'
import { type Field, type FileField, plain, sealedText, yesOrNo } from './field-kinds.ts'

/*
 * How each field of a redemption is stored: in which columns of its row, and under which key of a hand-over file. The
 * SQL statements, the reading and writing of rows, and the files are all derived from these two tables. How to add a
 * field is in docs/recipes.md.
 */

const state = oneOf(RedemptionState.options)
const source = oneOf(ScanSource.options)
const reason = orNull(oneOf(reasons))
const resolution = orNull(oneOf(Resolution.options))
const releaseKind = orNull(oneOf(releaseKinds))
const textOrNull = orNull(text)
const numberOrNull = orNull(number)
const sealedOrNull = orNull(bytes)

/** A request is some two hundred bytes. */
const longestBody = 8192
/** 9999-12-31: what a calendar on a screen can still show. */
const lastInstant = 253_402_300_799_999

/* What a hand-over file may contain. */
const Count = z.int().min(0).max(1_000_000_000)
const Fen = z.int().min(0).max(10_000_000_000)
const Instant = z.int().min(0).max(lastInstant)
const Name = z.string().max(200)
const Reason = z.enum(reasons)
const RequestNo = z.string().regex(/^[0-9A-Za-z_-]{6,32}$/)
const Body = z.codec(
  z.base64().max(Math.ceil(longestBody / 3) * 4),
  z.instanceof(Uint8Array<ArrayBufferLike>),
  {
    decode: (base64) => new Uint8Array(Buffer.from(base64, 'base64')),
    encode: (body) => Buffer.from(body).toString('base64'),
  },
)

type FixedField = 'useRequestNo' | 'couponCode' | 'body'
export type ChangingField = Exclude<keyof Redemption, FixedField>

/** A redemption while it is being read: it starts as a blank one and its fields are set one by one. */
export type Draft = { -readonly [K in keyof Redemption]: Redemption[K] }

/**
 * Fields that are written once and never change. Their columns are in `redemption-row.ts`: code and body are sealed as
 * one.
 */
export const fixedInFile: { readonly [K in FixedField]: FileField<Redemption[K]> } = {
  useRequestNo: { file: RequestNo },
  // The same characters as a scanned code may have (`coupon-code.ts`).
  couponCode: { file: z.string().regex(/^[0-9A-Za-z\-_\\/=| ]{1,32}$/) },
  body: { file: Body },
}

/** The place that the encrypted body of a return's request is bound to. */
const returnPlace = 'return'

/** Fields that may change. */
export const fields = {
  openid: sealedText('openid_sealed', 'openid', z.string().max(128).nullable()),
  state: plain('state', state, RedemptionState),
  source: plain('source', source, ScanSource),
  cashier: plain('cashier', textOrNull, Name.nullable()),
  attempts: plain('attempts', number, Count),
  undecidedAttempts: plain('spent', number, Count, { key: 'spent' }),
  waitedMs: plain('waited_ms', number, Instant),
  inFlight: yesOrNo('in_flight'),
  uncertain: yesOrNo('uncertain'),
  honoured: yesOrNo('honoured'),
  honouredValueFen: plain('stake_fen', numberOrNull, Fen.nullable(), { key: 'stakeFen' }),
  totalFen: plain('total_fen', numberOrNull, Fen.nullable()),
  given: {
    columns: ['given_at', 'given_by', 'given_fen'],
    toRow: (given) => [given?.at ?? null, given?.by ?? null, given?.fen ?? null],
    fromRow(row) {
      const at = numberOrNull(row, 'given_at')
      if (at === null) return null
      return { at, by: textOrNull(row, 'given_by'), fen: numberOrNull(row, 'given_fen') }
    },
    file: z.strictObject({ at: Instant, by: Name.nullable(), fen: Fen.nullable() }).nullable(),
    inVersion1: null,
  },
  orderNo: plain('order_no', textOrNull, Name.nullable(), { inVersion1: null }),
  heldUntil: plain('held_until', numberOrNull, Instant.nullable(), { inVersion1: null }),
  released: {
    columns: ['released_at', 'released_how'],
    toRow: (released) => [released?.at ?? null, released?.how ?? null],
    fromRow(row) {
      const at = numberOrNull(row, 'released_at')
      const how = releaseKind(row, 'released_how')
      return at === null || how === null ? null : { at, how }
    },
    file: z.strictObject({ at: Instant, how: z.enum(releaseKinds) }).nullable(),
    inVersion1: null,
  },
  reason: plain('reason', reason, Reason.nullable()),
  recordedAt: plain('recorded_at', number, Instant),
  settledAt: plain('settled_at', numberOrNull, Instant.nullable()),
  resolution: plain('resolution', resolution, Resolution.nullable()),
  nextAttemptAt: plain('next_attempt_at', numberOrNull, Instant.nullable()),
  expiresAt: plain('expires_at', numberOrNull, Instant.nullable()),
  stockId: plain('stock_id', textOrNull, z.string().min(1).max(64).nullable()),
  couponReturn: {
    columns: ['return_request_no', 'return_sealed', 'return_reason', 'return_refused_at'],
    toRow: (back, seal) => [
      back?.returnRequestNo ?? null,
      back && seal.seal(returnPlace, back.body),
      back?.reason ?? null,
      back?.refusedAt ?? null,
    ],
    fromRow(row, seal) {
      const returnRequestNo = textOrNull(row, 'return_request_no')
      const sealed = sealedOrNull(row, 'return_sealed')
      if (returnRequestNo === null || sealed === null) return null
      return {
        returnRequestNo,
        body: seal.open(returnPlace, sealed),
        reason: reason(row, 'return_reason'),
        refusedAt: numberOrNull(row, 'return_refused_at'),
      }
    },
    sealedColumn: 'return_sealed',
    key: 'giveBack',
    file: z
      .strictObject({
        returnRequestNo: RequestNo,
        body: Body,
        reason: Reason.nullable(),
        refusedAt: Instant.nullable(),
      })
      .nullable(),
  },
  handOvers: plain('hand_overs', number, Count.min(1), { inVersion1: 1 }),
} satisfies { readonly [K in ChangingField]: Field<Redemption[K]> }
