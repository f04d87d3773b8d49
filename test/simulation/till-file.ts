import { createDecipheriv, hkdfSync } from 'node:crypto'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { testDataKey } from '../support/test-data-key.ts'

const Row = z.object({
  use_request_no: z.string(),
  state: z.string(),
  body_sealed: z.instanceof(Uint8Array),
  attempts: z.number(),
  honoured: z.number(),
  stake_fen: z.number().nullable(),
  reason: z.string().nullable(),
  stock_id: z.string().nullable(),
  given_at: z.number().nullable(),
  given_fen: z.number().nullable(),
  return_refused_at: z.number().nullable(),
  resolution: z.string().nullable(),
  openid_sealed: z.instanceof(Uint8Array).nullable(),
})
const Told = z.object({
  presentation: z.object({ presentationNo: z.string(), orderNo: z.string(), at: z.number() }),
  verdict: z.object({ tone: z.string(), reason: z.string(), instruction: z.string() }),
})
const OrderEnd = z.object({ orderNo: z.string() })
const ToldRow = z.object({ at: z.number(), event: z.string(), evidence: z.string() })
const stockIds = z.array(z.string())
const AuditRow = z.object({ use_request_no: z.string(), event: z.string() })
const ConcludedRow = AuditRow.extend({ evidence: z.string().nullable() })
const Conclusion = z.object({
  by: z.string().nullish(),
  how: z.string().nullish(),
  couponState: z.string().nullish(),
  remark: z.string().nullish(),
})
/** Bytes of nonce and tag, by which sealed data is longer. */
const sealBytes = 28

export interface RowInFile {
  readonly useRequestNo: string
  readonly state: string
  /** `null` once erased. */
  readonly body: string | null
  readonly attempts: number
  readonly honoured: boolean
  readonly honouredValueFen: number | null
  readonly reason: string | null
  readonly stockId: string | null
  readonly isGiven: boolean
  /** What was given, in fen; `null` where nothing was, or where it is not known. */
  readonly givenFen: number | null
  /** WeChat Pay refused its return. */
  readonly isReturnRefused: boolean
  /** The decision that ended it in review, a person's or the till's. */
  readonly resolution: string | null
  /** Whether the coupon can be queried because its owner is known. */
  readonly isOwnerKnown: boolean
}

/** What the trail has on how a redemption was refused or resolved. */
export interface Concluded {
  readonly useRequestNo: string
  readonly event: string
  /** Who decided; `null` where the till concluded it. */
  readonly by: string | null
  readonly how: string | null
  /** The coupon's state in a query. */
  readonly couponState: string | null
  readonly remark: string | null
}

/** What a cashier was told, according to the trail. */
export interface LastTold {
  readonly presentationNo: string
  readonly orderNo: string
  /** When it was scanned, by the till's clock. */
  readonly at: number
  readonly tone: string
  readonly reason: string
  readonly instruction: string
}

/** Reads a till's database as an outsider: plain SQL on a separate connection, and none of the till's code. */
export class TillFile {
  readonly #database: Database.Database
  readonly #count
  readonly #open

  constructor(file: string) {
    this.#database = new Database(file, { readonly: true })
    this.#count = this.#database
      .prepare('SELECT count(*) FROM redemption WHERE ? IN (use_request_no, return_request_no)')
      .pluck()
    this.#open = this.#database
      .prepare(
        `SELECT count(*) FROM redemption WHERE state IN ('pending', 'returning')
         OR (held_until IS NOT NULL AND released_at IS NULL)`,
      )
      .pluck()
  }

  has(useRequestNo: string): boolean {
    return this.#count.get(useRequestNo) === 1
  }

  /** Whether a process died in the middle of an attempt, or before it had written what came of it. */
  wasCut(useRequestNo: string): boolean {
    const events = this.#database
      .prepare("SELECT event FROM audit WHERE use_request_no = ? AND event <> 'told' ORDER BY id")
      .pluck()
      .all(useRequestNo)
    return events.some((event, at) => event === 'sending' && events[at + 1] === 'sending')
  }

  /** Whether no entry waits for a reply, and no coupon is held. */
  isSettled(): boolean {
    return this.#open.get() === 0
  }

  rows(): RowInFile[] {
    const rows = this.#database.prepare('SELECT * FROM redemption ORDER BY rowid').all()
    return z
      .array(Row)
      .parse(rows)
      .map((row) => ({
        useRequestNo: row.use_request_no,
        state: row.state,
        body: openBody(row.use_request_no, row.body_sealed),
        attempts: row.attempts,
        honoured: row.honoured === 1,
        honouredValueFen: row.stake_fen,
        reason: row.reason,
        stockId: row.stock_id,
        isGiven: row.given_at !== null,
        givenFen: row.given_fen,
        isReturnRefused: row.return_refused_at !== null,
        resolution: row.resolution,
        isOwnerKnown: (row.openid_sealed?.length ?? 0) > sealBytes,
      }))
  }

  /**
   * Returns what was told about the newest scan since an order was last put aside; `null` for an order that is over.
   */
  lastTold(): LastTold | null {
    const rows = this.#database
      .prepare(
        "SELECT at, event, evidence FROM audit WHERE event IN ('told', 'order-ended', 'order-rested') ORDER BY id",
      )
      .all()
    const ended = new Set<string>()
    const orders = new Set<string>()
    const inSight = new Map<string, LastTold>()
    /** For each scan, in which period between two settings of the clock it was first told, and its latest time. */
    const scans = new Map<string, { readonly stretch: number; readonly at: number }>()
    let stretch = 0
    let lastAt = 0
    for (const { at, event, evidence } of z.array(ToldRow).parse(rows)) {
      if (at < lastAt - 1000) stretch += 1
      lastAt = at
      // Belongs to no order any more, but is still shown.
      if (event === 'order-rested') continue
      if (event === 'order-ended') {
        // With this order end all before it, also those that nobody had ended.
        for (const orderNo of [...orders, OrderEnd.parse(JSON.parse(evidence)).orderNo])
          ended.add(orderNo)
        inSight.clear()
      } else {
        const told = toldFrom(evidence)
        const { presentationNo } = told
        orders.add(told.orderNo)
        if (!scans.has(presentationNo))
          scans.set(presentationNo, { stretch, at: Math.min(at, told.at) })
        if (!ended.has(told.orderNo)) inSight.set(presentationNo, told)
      }
    }
    const scanOf = (told: LastTold) => scans.get(told.presentationNo) ?? { stretch: 0, at: 0 }
    const newest = [...inSight.values()].toSorted((one, other) => {
      const [first, second] = [scanOf(one), scanOf(other)]
      return second.stretch - first.stretch || second.at - first.at || other.at - one.at
    })
    return newest[0] ?? null
  }

  /** Returns what cashiers were told, the newest first. */
  told(most: number): readonly LastTold[] {
    const rows = this.#database
      .prepare("SELECT evidence FROM audit WHERE event = 'told' ORDER BY id DESC LIMIT ?")
      .pluck()
      .all(most)
    return z.array(z.string()).parse(rows).map(toldFrom)
  }

  /** Returns the batches that it knows. */
  stocks(): ReadonlySet<string> {
    const rows = this.#database.prepare('SELECT stock_id FROM stock').pluck().all()
    return new Set(stockIds.parse(rows))
  }

  audit(): { useRequestNo: string; event: string }[] {
    const rows = this.#database.prepare('SELECT * FROM audit ORDER BY id').all()
    return z
      .array(AuditRow)
      .parse(rows)
      .map((row) => ({
        useRequestNo: row.use_request_no,
        event: row.event,
      }))
  }

  /** Returns the rows of the trail, since the till joined its shop, that tell what became of a coupon. */
  transitions(): {
    readonly link: string
    readonly useRequestNo: string
    readonly event: string
  }[] {
    const rows = this.#database
      .prepare(
        `SELECT lower(hex(link)) AS link, use_request_no AS useRequestNo, event FROM audit
         WHERE id > (SELECT min(id) FROM audit WHERE event = 'chain-joined') AND use_request_no <> ''
         AND event NOT IN ('sending', 'unknown', 'blocked', 'presented', 'erased', 'claim-lost')
         AND (event <> 'told' OR evidence ->> '$.verdict.instruction' = 'give'
           OR evidence ->> '$.verdict.reason' LIKE 'redeemed-below-%' OR evidence ->> '$.verdict.reason' LIKE '%-nothing-left')
         ORDER BY id`,
      )
      .all()
    return z
      .array(z.object({ link: z.string(), useRequestNo: z.string(), event: z.string() }))
      .parse(rows)
  }

  /** Returns the numbers that another number replaced. */
  renewed(): string[] {
    const rows = this.#database
      .prepare(
        "SELECT use_request_no FROM audit WHERE event = 'cancelled' AND evidence ->> '$.how' IS NULL",
      )
      .pluck()
      .all()
    return z.array(z.string()).parse(rows)
  }

  /** Returns how redemptions were refused and resolved, in the trail's order. */
  concluded(): Concluded[] {
    const rows = this.#database
      .prepare("SELECT * FROM audit WHERE event IN ('refused', 'resolved') ORDER BY id")
      .all()
    return z
      .array(ConcludedRow)
      .parse(rows)
      .map((row) => {
        const said = Conclusion.parse(JSON.parse(row.evidence ?? '{}'))
        return {
          useRequestNo: row.use_request_no,
          event: row.event,
          by: said.by ?? null,
          how: said.how ?? null,
          couponState: said.couponState ?? null,
          remark: said.remark ?? null,
        }
      })
  }

  /** Returns what SQLite itself finds wrong with the file; empty when nothing. */
  damage(): string[] {
    const found = z
      .array(z.string())
      .parse(this.#database.prepare('PRAGMA integrity_check').pluck().all())
    return found.filter((line) => line !== 'ok')
  }

  close(): void {
    this.#database.close()
  }
}

/** Decrypts a sealed body by the documented file format, with none of the till's code. */
function openBody(useRequestNo: string, sealed: Uint8Array): string | null {
  if (sealed.length === 0) return null
  const key = hkdfSync('sha256', testDataKey, new Uint8Array(0), 'hexiao-till seal 1', 32)
  const cipher = createDecipheriv('aes-256-gcm', Buffer.from(key), sealed.subarray(0, 12))
  cipher.setAAD(Buffer.from(`redemption ${useRequestNo} body`))
  cipher.setAuthTag(sealed.subarray(-16))
  const packed = Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()])
  // One byte has the length of the code, which the body follows.
  return packed.toString('utf8', 1 + packed.readUInt8(0))
}

function toldFrom(evidence: string): LastTold {
  const { presentation, verdict } = Told.parse(JSON.parse(evidence))
  return { ...presentation, ...verdict }
}
