import { z } from 'zod'
import { reasons } from '../contract/reason.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { RedemptionState, ScanSource, Resolution } from '../contract/redemption-view.ts'
import {
  type GiveBack,
  type Given,
  type Redemption,
  type Released,
  releaseKinds,
} from '../redemption/redemption.ts'
import { placesAhead } from '../redemption/send-order.ts'
import type { Standing } from '../redemption/take-over.ts'
import type { Sealing } from './sealing.ts'

/** SQLite has no booleans. */
const Flag = z.union([z.literal(0), z.literal(1)]).transform((value) => value === 1)
const Sealed = z.instanceof(Uint8Array)

/** A row as it is on disk; parsing it is how damage and foreign hands are noticed. */
const Row = z.object({
  use_request_no: z.string(),
  code_tail: z.string(),
  body_sealed: Sealed,
  openid_sealed: Sealed.nullable(),
  state: RedemptionState,
  source: ScanSource,
  cashier: z.string().nullable(),
  attempts: z.number(),
  spent: z.number(),
  waited_ms: z.number(),
  in_flight: Flag,
  uncertain: Flag,
  honoured: Flag,
  stake_fen: z.number().nullable(),
  total_fen: z.number().nullable(),
  given_at: z.number().nullable(),
  given_by: z.string().nullable(),
  given_fen: z.number().nullable(),
  order_no: z.string().nullable(),
  held_until: z.number().nullable(),
  released_at: z.number().nullable(),
  released_how: z.enum(releaseKinds).nullable(),
  reason: z.enum(reasons).nullable(),
  recorded_at: z.number(),
  settled_at: z.number().nullable(),
  resolution: Resolution.nullable(),
  next_attempt_at: z.number().nullable(),
  expires_at: z.number().nullable(),
  stock_id: z.string().nullable(),
  return_request_no: z.string().nullable(),
  return_sealed: Sealed.nullable(),
  hand_overs: z.number(),
  return_reason: z.enum(reasons).nullable(),
  return_refused_at: z.number().nullable(),
})
type Row = z.infer<typeof Row>
const StandingRow = Row.pick({
  state: true,
  reason: true,
  hand_overs: true,
  attempts: true,
  honoured: true,
  stake_fen: true,
  given_at: true,
  given_by: true,
  given_fen: true,
})

type FixedBinding = 'useRequestNo' | 'keyId' | 'codeFingerprint' | 'codeTail' | 'bodySealed'

/** Characters of a code that stay readable. */
const readableTail = 4

/** Between a redemption and its row: what is sealed, and what stays readable. */
export class RedemptionRow {
  readonly #sealing: Sealing

  constructor(sealing: Sealing) {
    this.#sealing = sealing
  }

  /** Fails on a row whose seals do not open under this key, at this place. */
  read(raw: unknown): Result<Redemption, { useRequestNo: string }> {
    const row = Row.parse(raw)
    try {
      return ok(this.#open(row))
    } catch {
      return err({ useRequestNo: row.use_request_no })
    }
  }

  /** Everything, for a new row. */
  bindings(redemption: Redemption): Record<string, unknown> {
    return { ...this.changes(redemption), ...this.fixed(redemption) }
  }

  /** What never changes. */
  fixed({ useRequestNo, couponCode, body }: Redemption): Record<FixedBinding, unknown> {
    return {
      useRequestNo,
      keyId: this.#sealing.keyId,
      codeFingerprint: this.#sealing.fingerprint(couponCode),
      codeTail: couponCode.slice(-readableTail),
      bodySealed: this.#seal(useRequestNo, 'body', pack(couponCode, body)),
    }
  }

  /** What may differ from the row that is there. */
  changes(redemption: Redemption): Record<string, unknown> {
    const {
      couponCode: _code,
      body: _body,
      openid: _openid,
      giveBack,
      given,
      released,
      ...rest
    } = redemption
    const { useRequestNo } = rest
    return {
      ...rest,
      openidSealed: this.openid(redemption),
      returnRequestNo: giveBack?.returnRequestNo ?? null,
      returnSealed: giveBack && this.#seal(useRequestNo, 'return', giveBack.body),
      returnReason: giveBack?.reason ?? null,
      returnRefusedAt: giveBack?.refusedAt ?? null,
      givenAt: given?.at ?? null,
      givenBy: given?.by ?? null,
      givenFen: given?.fen ?? null,
      releasedAt: released?.at ?? null,
      releasedHow: released?.how ?? null,
      inFlight: Number(rest.inFlight),
      uncertain: Number(rest.uncertain),
      honoured: Number(rest.honoured),
      placesAhead: placesAhead(redemption),
    }
  }

  /** As it is written. */
  openid({ useRequestNo, openid }: Redemption): Buffer | null {
    return openid === null ? null : this.#seal(useRequestNo, 'openid', Buffer.from(openid))
  }

  #open(row: Row): Redemption {
    // Erased: the readable end of the code is all there is.
    const isErased = row.body_sealed.length === 0
    return {
      useRequestNo: row.use_request_no,
      ...(isErased
        ? { couponCode: row.code_tail, body: new Uint8Array(0) }
        : unpack(this.#read(row, 'body', row.body_sealed))),
      openid: row.openid_sealed && this.#read(row, 'openid', row.openid_sealed).toString('utf8'),
      giveBack: this.#giveBack(row),
      state: row.state,
      source: row.source,
      cashier: row.cashier,
      attempts: row.attempts,
      spent: row.spent,
      waitedMs: row.waited_ms,
      inFlight: row.in_flight,
      uncertain: row.uncertain,
      honoured: row.honoured,
      stakeFen: row.stake_fen,
      totalFen: row.total_fen,
      given: givenOf(row),
      orderNo: row.order_no,
      heldUntil: row.held_until,
      released: releasedOf(row),
      reason: row.reason,
      recordedAt: row.recorded_at,
      settledAt: row.settled_at,
      resolution: row.resolution,
      nextAttemptAt: row.next_attempt_at,
      expiresAt: row.expires_at,
      stockId: row.stock_id,
      handOvers: row.hand_overs,
    }
  }

  #giveBack(row: Row): GiveBack | null {
    if (row.return_request_no === null || row.return_sealed === null) return null
    const body = this.#read(row, 'return', row.return_sealed)
    return {
      returnRequestNo: row.return_request_no,
      body,
      reason: row.return_reason,
      refusedAt: row.return_refused_at,
    }
  }

  #read(row: Row, column: string, sealed: Uint8Array): Buffer {
    return this.#sealing.open(identity(row.use_request_no, column), sealed)
  }

  #seal(useRequestNo: string, column: string, plain: Uint8Array): Buffer {
    return this.#sealing.seal(identity(useRequestNo, column), plain)
  }
}

/** What stands readable in a row. */
export function standingOf(raw: unknown): Standing {
  const row = StandingRow.parse(raw)
  const { state, reason, attempts, honoured } = row
  const [handOvers, stakeFen, given] = [row.hand_overs, row.stake_fen, givenOf(row)]
  return { state, reason, attempts, honoured, handOvers, stakeFen, given }
}

function givenOf({
  given_at: at,
  given_by: by,
  given_fen: fen,
}: Pick<Row, 'given_at' | 'given_by' | 'given_fen'>): Given | null {
  return at === null ? null : { at, by, fen }
}

function releasedOf({ released_at: at, released_how: how }: Row): Released | null {
  return at === null || how === null ? null : { at, how }
}

/** What a seal is bound to: moved to another row or column it does not open. */
function identity(useRequestNo: string, column: string): string {
  return `redemption ${useRequestNo} ${column}`
}

/** Code and body under one seal: the code's length in one byte, the code, the body. */
function pack(couponCode: string, body: Uint8Array): Buffer {
  const code = Buffer.from(couponCode)
  return Buffer.concat([Uint8Array.of(code.length), code, body])
}

function unpack(packed: Buffer): Pick<Redemption, 'couponCode' | 'body'> {
  const end = 1 + packed.readUInt8(0)
  return { couponCode: packed.toString('utf8', 1, end), body: packed.subarray(end) }
}
