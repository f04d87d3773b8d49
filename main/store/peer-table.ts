import { z } from 'zod'
import { type PeerRedemption, type Peers, type PeerState, standingOf } from '../redemption/peers.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({
  rowid: z.number(),
  number_fingerprint: z.instanceof(Uint8Array),
  at: z.number(),
  sealed: z.instanceof(Uint8Array),
})
const Rows = z.array(Row)
const Told = z.object({
  tillId: z.string(),
  useRequestNo: z.string(),
  state: z.enum(['honoured', 'redeemed', 'returned'] satisfies PeerState[]),
})

/** A shop of eight tills with 300 coupons a day each tells so many in three months; they take some 40 MB. */
export const mostPeerRows = 200_000

/** What follows what. News comes again and out of order, and what was told later in the life of a number stays. */
const rank: Readonly<Record<PeerState, number>> = { honoured: 1, redeemed: 2, returned: 3 }

/**
 * What other tills of the shop told of their coupons: a row for each of their numbers, found by a fingerprint of code and batch, and
 * encrypted, so that nobody edits or makes one up. The oldest are forgotten: WeChat Pay knows what became of every coupon.
 */
export class PeerTable implements Peers {
  readonly #sealing: Sealing
  readonly #select
  readonly #insert
  readonly #update
  readonly #forget
  readonly #saveAll

  constructor(database: Database, sealing: Sealing, mostRows = mostPeerRows) {
    this.#sealing = sealing
    this.#select = database.prepare(
      'SELECT rowid, number_fingerprint, at, sealed FROM peer_redemption WHERE code_fingerprint = ?',
    )
    this.#insert = database.prepare('INSERT INTO peer_redemption VALUES (?, ?, ?, ?)')
    this.#update = database.prepare('UPDATE peer_redemption SET at = ?, sealed = ? WHERE rowid = ?')
    // By the order in which they came, and not by time, because another till's clock may be years ahead.
    this.#forget = database.prepare(
      `DELETE FROM peer_redemption WHERE rowid <= (SELECT max(rowid) FROM peer_redemption) - ${mostRows}`,
    )
    this.#saveAll = database.transaction((told: readonly PeerRedemption[]) => {
      for (const peer of told) this.#save(peer)
      this.#forget.run()
    })
  }

  save(told: readonly PeerRedemption[]): void {
    this.#saveAll.immediate(told)
  }

  find(couponCode: string, stockId: string | null): PeerRedemption | null {
    return standingOf(this.all(couponCode, stockId))
  }

  all(couponCode: string, stockId: string | null): PeerRedemption[] {
    const code = this.#codeOf(couponCode, stockId)
    return Rows.parse(this.#select.all(code)).flatMap((row) => {
      const told = this.#open(code, row)
      return told === null ? [] : [{ couponCode, stockId, at: row.at, ...told }]
    })
  }

  #save({ couponCode, stockId, tillId, useRequestNo, at, state }: PeerRedemption): void {
    const code = this.#codeOf(couponCode, stockId)
    const number = Buffer.from(this.#sealing.fingerprint(useRequestNo))
    const before = Rows.parse(this.#select.all(code)).find(
      (row) => number.compare(row.number_fingerprint) === 0,
    )
    const known = before === undefined ? null : this.#open(code, before)
    if (known !== null && rank[known.state] >= rank[state]) return
    // What was honoured was given then, and not when WeChat Pay had heard of it.
    const since = known?.state === 'honoured' && state === 'redeemed' ? (before?.at ?? at) : at
    const plain = Buffer.from(JSON.stringify({ tillId, useRequestNo, state }))
    const sealed = this.#sealing.seal(identityOf(code, number, since), plain)
    if (before === undefined) this.#insert.run(code, number, since, sealed)
    else this.#update.run(since, sealed, before.rowid)
  }

  #open(code: Uint8Array, row: z.infer<typeof Row>): z.infer<typeof Told> | null {
    try {
      const identity = identityOf(code, row.number_fingerprint, row.at)
      return Told.parse(JSON.parse(this.#sealing.open(identity, row.sealed).toString()))
    } catch {
      // Written under another key, or changed in the file: this till heard nothing.
      return null
    }
  }

  /** A line feed separates code and batch, because no code contains one. */
  #codeOf(couponCode: string, stockId: string | null): Buffer {
    const key = stockId === null ? couponCode : `${couponCode}\n${stockId}`
    return Buffer.from(this.#sealing.fingerprint(key))
  }
}

function identityOf(code: Uint8Array, number: Uint8Array, at: number): string {
  return `peer ${Buffer.from(code).toString('hex')} ${Buffer.from(number).toString('hex')} ${at}`
}
