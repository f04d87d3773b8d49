import { z } from 'zod'
import type { Reason } from '../contract/reason.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { ExportedHandOver, HandOverError } from '../redemption/ports.ts'
import { handedOver, type Redemption } from '../redemption/redemption.ts'
import {
  isForeign,
  isNews,
  nothingTaken,
  takeOver,
  type Taken,
  type TakenOver,
} from '../redemption/take-over.ts'
import type { AuditChain } from './audit-chain.ts'
import type { Database } from './database.ts'
import { sealHandOver } from './hand-over.ts'
import { readEntries, textOfEntries } from './hand-over-entry.ts'
import { lostTimeAt } from './lost-time.ts'
import type { RedemptionTable } from './redemption-table.ts'

const Sealed = z.object({ sealed: z.instanceof(Uint8Array) }).optional()
const Exports = z.array(z.object({ id: z.number(), at: z.number(), count: z.number() }))

/** Rows that leave for another till and rows that come from one; inside the caller's transaction. */
export class HandOverTable {
  readonly #database: Database
  readonly #table: RedemptionTable
  readonly #chain: AuditChain
  readonly #cost: number
  readonly #insert
  readonly #list
  readonly #select

  /** `cost` is that of a guess at a file's password; see `hand-over.ts`. */
  constructor(database: Database, table: RedemptionTable, chain: AuditChain, cost: number) {
    this.#database = database
    this.#table = table
    this.#chain = chain
    this.#cost = cost
    this.#insert = database.prepare('INSERT INTO hand_over (at, count, sealed) VALUES (?, ?, ?)')
    // By number and not by time: a clock set back does not make an older one the newest.
    this.#list = database.prepare('SELECT id, at, count FROM hand_over ORDER BY id DESC')
    this.#select = database.prepare('SELECT sealed FROM hand_over WHERE id = ?')
  }

  give(password: string, audit: AuditEntry): Result<Uint8Array, HandOverError> {
    const given = this.#table
      .unsettled()
      .map((open) => ({ open, ended: handedOver(open, audit.at) }))
    if (given.length === 0) return err({ code: 'nothing-open' })
    // The file has the count that this till will have: what comes back from the other is higher.
    const entries = given.map(({ open, ended }) => ({ ...open, handOvers: ended.handOvers }))
    const readable = readEntries(textOfEntries(entries), 2)
    // Nothing may leave that the other till could not take: that would be lost to both.
    if (!readable.ok) throw new Error('a redemption cannot be handed over')
    const sealed = sealHandOver(entries, password, this.#cost)
    for (const { ended } of given) {
      this.#table.update(ended)
      this.#chain.append(ended.useRequestNo, audit)
    }
    this.#insert.run(audit.at, given.length, sealed)
    this.#chain.close()
    return ok(sealed)
  }

  take(
    entries: readonly Redemption[],
    audit: AuditEntry,
    { appid, running }: { readonly appid: string; readonly running: ReadonlySet<string> },
  ): Result<TakenOver, HandOverError> {
    if (entries.some((entry) => isForeign(entry, appid))) return err({ code: 'other-merchant' })
    const isUnderWay = entries.some(
      (entry) =>
        running.has(entry.useRequestNo) && isNews(entry, this.#table.standing(entry.useRequestNo)),
    )
    if (isUnderWay) return err({ code: 'busy' })
    const lostTime = lostTimeAt(this.#database) !== null
    const counts = { ...nothingTaken }
    for (const entry of entries) {
      const here = this.#table.standing(entry.useRequestNo)
      const known = { here, siblings: this.#table.siblings(entry), hasLostTime: lostTime }
      const taken = takeOver(entry, known, audit.at)
      counts[taken.kind] += 1
      this.#write(taken, here !== undefined, audit)
    }
    this.#chain.close()
    return ok(counts)
  }

  list(): ExportedHandOver[] {
    return Exports.parse(this.#list.all())
  }

  again(id: number): Uint8Array | undefined {
    const row = Sealed.parse(this.#select.get(id))
    return row && new Uint8Array(row.sealed)
  }

  #write({ kind, redemption, why }: Taken, isHere: boolean, audit: AuditEntry): void {
    if (redemption === null) return
    if (isHere) this.#table.replace(redemption)
    else this.#table.insert(redemption)
    this.#chain.append(redemption.useRequestNo, audit)
    if (why === null) return
    const event = kind === 'closed' ? 'cancelled' : 'review'
    this.#chain.append(redemption.useRequestNo, { ...audit, event, evidence: noted(audit, why) })
  }
}

/** The person who took it over, with the till's own reason. */
function noted({ evidence }: AuditEntry, why: Reason): AuditEntry['evidence'] {
  return evidence && { ...evidence, why }
}
