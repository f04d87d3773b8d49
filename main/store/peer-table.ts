import { z } from 'zod'
import type { PeerRedemption } from '../redemption/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({ till_id: z.string(), use_request_no: z.string(), at: z.number() }).optional()

/** What other tills of the shop redeemed, as they told this one; found by the code's fingerprint alone. */
export class PeerTable {
  readonly #sealing: Sealing
  readonly #select
  readonly #upsert

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#select = database.prepare('SELECT * FROM peer_redemption WHERE code_fingerprint = ?')
    this.#upsert = database.prepare('INSERT OR REPLACE INTO peer_redemption VALUES (?, ?, ?, ?)')
  }

  save({ couponCode, tillId, useRequestNo, at }: PeerRedemption): void {
    this.#upsert.run(this.#sealing.fingerprint(couponCode), tillId, useRequestNo, at)
  }

  find(couponCode: string): PeerRedemption | undefined {
    const row = Row.parse(this.#select.get(this.#sealing.fingerprint(couponCode)))
    return row && { couponCode, tillId: row.till_id, useRequestNo: row.use_request_no, at: row.at }
  }
}
