import { z } from 'zod'
import type { PeerRedemption, Peers } from '../redemption/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({ till_id: z.string(), use_request_no: z.string(), at: z.number() }).optional()

/** Coupons that other tills of the shop say they redeemed, stored under a fingerprint of code and batch. */
export class PeerTable implements Peers {
  readonly #sealing: Sealing
  readonly #select
  readonly #upsert

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#select = database.prepare('SELECT * FROM peer_redemption WHERE code_fingerprint = ?')
    this.#upsert = database.prepare('INSERT OR REPLACE INTO peer_redemption VALUES (?, ?, ?, ?)')
  }

  save({ couponCode, stockId, tillId, useRequestNo, at }: PeerRedemption): void {
    this.#upsert.run(this.#fingerprint(couponCode, stockId), tillId, useRequestNo, at)
  }

  find(couponCode: string, stockId: string | null): PeerRedemption | null {
    const row = Row.parse(this.#select.get(this.#fingerprint(couponCode, stockId)))
    if (row === undefined) return null
    return {
      couponCode,
      stockId,
      tillId: row.till_id,
      useRequestNo: row.use_request_no,
      at: row.at,
    }
  }

  /** A line feed separates code and batch, because no code contains one. */
  #fingerprint(couponCode: string, stockId: string | null): Uint8Array {
    return this.#sealing.fingerprint(stockId === null ? couponCode : `${couponCode}\n${stockId}`)
  }
}
