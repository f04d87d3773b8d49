import { z } from 'zod'
import { reasons } from '../contract/reason.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { RedemptionState, Resolution, ScanSource } from '../contract/redemption-view.ts'
import type { HandOverError } from '../redemption/ports.ts'
import { type Redemption, releaseKinds } from '../redemption/redemption.ts'

/** Far above any queue. */
const mostEntries = 200_000
/** A request is some two hundred bytes. */
const longestBody = 8192
/** 9999-12-31: what a calendar on a screen can still show. */
const lastInstant = 253_402_300_799_999

const Count = z.int().min(0).max(1_000_000_000)
const Fen = z.int().min(0).max(10_000_000_000)
const Instant = z.int().min(0).max(lastInstant)
const Name = z.string().max(200)
const RequestNo = z.string().regex(/^[0-9A-Za-z_-]{6,32}$/)
const Body = z
  .base64()
  .max(Math.ceil(longestBody / 3) * 4)
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
const SentBody = z.looseObject({
  coupon_code: z.string(),
  appid: z.string().optional(),
  stock_id: z.string().optional(),
  use_request_no: z.string().optional(),
  return_request_no: z.string().optional(),
})

const shape = {
  useRequestNo: RequestNo,
  // What a scan takes for a coupon at all (`coupon-code.ts`).
  couponCode: z.string().regex(/^[0-9A-Za-z\-_\\/=| ]{1,32}$/),
  state: RedemptionState,
  source: ScanSource,
  cashier: Name.nullable(),
  body: Body,
  attempts: Count,
  spent: Count,
  waitedMs: Instant,
  inFlight: z.boolean(),
  uncertain: z.boolean(),
  honoured: z.boolean(),
  stakeFen: Fen.nullable(),
  totalFen: Fen.nullable(),
  given: z.strictObject({ at: Instant, by: Name.nullable(), fen: Fen.nullable() }).nullable(),
  orderNo: Name.nullable(),
  heldUntil: Instant.nullable(),
  released: z.strictObject({ at: Instant, how: z.enum(releaseKinds) }).nullable(),
  reason: z.enum(reasons).nullable(),
  recordedAt: Instant,
  settledAt: Instant.nullable(),
  nextAttemptAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
  stockId: z.string().min(1).max(64).nullable(),
  openid: z.string().max(128).nullable(),
  resolution: Resolution.nullable(),
  giveBack: z
    .strictObject({
      returnRequestNo: RequestNo,
      body: Body,
      reason: z.enum(reasons).nullable(),
      refusedAt: Instant.nullable(),
    })
    .nullable(),
  handOvers: Count.min(1),
}
const Entry = z.strictObject(shape)
type Entry = z.infer<typeof Entry>
const Entries = z.array(Entry.refine(isConsistent)).max(mostEntries).refine(areDistinct)

/** Before it was counted, and before a coupon was held for its customer. */
const OldEntry = z.strictObject({
  ...shape,
  given: shape.given.default(null),
  orderNo: shape.orderNo.default(null),
  heldUntil: shape.heldUntil.default(null),
  released: shape.released.default(null),
  handOvers: shape.handOvers.default(1),
})
const OldEntries = z
  .array(OldEntry.refine(isConsistent).transform(withGiven))
  .max(mostEntries)
  .refine(areDistinct)

export function textOfEntries(entries: readonly Redemption[]): string {
  return JSON.stringify(entries.map(toJson))
}

/** What a file holds, or why it cannot be taken: whatever it is, this throws nothing. */
export function readEntries(text: string, version: 1 | 2): Result<Redemption[], HandOverError> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err({ code: 'unreadable' })
  }
  const read = (version === 1 ? OldEntries : Entries).safeParse(json)
  if (read.success) return ok(read.data)
  const { issues } = read.error
  return err({
    code: issues.every((issue) => isOfLaterVersion(issue, json)) ? 'newer-version' : 'unreadable',
  })
}

/** A field or a name that this version does not know, and nothing else amiss: a later one wrote it. */
function isOfLaterVersion(issue: z.core.$ZodIssue, json: unknown): boolean {
  if (issue.code === 'unrecognized_keys') return true
  return issue.code === 'invalid_value' && typeof valueAt(json, issue.path) === 'string'
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    json,
  )
}

const open: ReadonlySet<string> = new Set(['pending', 'returning', 'review'])

/** What is decided is not handed over; the bytes to be sent speak of this coupon under this number. */
function isConsistent(entry: Entry): boolean {
  const { useRequestNo, couponCode, giveBack, state } = entry
  if (!open.has(state) || (state === 'returning' && giveBack === null)) return false
  const use = sentIn(entry.body)
  if (use?.coupon_code !== couponCode) return false
  if ((use.use_request_no ?? useRequestNo) !== useRequestNo) return false
  if (giveBack === null) return true
  const { returnRequestNo } = giveBack
  const back = sentIn(giveBack.body)
  if (back?.coupon_code !== couponCode) return false
  return (back.return_request_no ?? returnRequestNo) === returnRequestNo
}

function sentIn(body: Uint8Array): z.infer<typeof SentBody> | null {
  try {
    return SentBody.safeParse(JSON.parse(new TextDecoder().decode(body))).data ?? null
  } catch {
    return null
  }
}

function areDistinct(entries: readonly Entry[]): boolean {
  const numbers = entries.flatMap(({ useRequestNo, giveBack }) => [
    useRequestNo,
    ...(giveBack === null ? [] : [giveBack.returnRequestNo]),
  ])
  return new Set(numbers).size === numbers.length
}

/** What was honoured was told to be given, before that was written down apart. */
function withGiven(entry: Entry): Entry {
  const { honoured, given, recordedAt, cashier, stakeFen } = entry
  if (!honoured || given !== null) return entry
  return { ...entry, given: { at: recordedAt, by: cashier, fen: stakeFen } }
}

function toJson({ body, giveBack, ...rest }: Redemption): unknown {
  return {
    ...rest,
    body: base64(body),
    giveBack: giveBack && { ...giveBack, body: base64(giveBack.body) },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
