import { z } from 'zod'
import { OfficeBatch, ShopReport } from '../chain/office/office-messages.ts'
import { FigureChanges } from './figures.ts'
import { emptyProjection, type OfficeDatabase } from './office-database.ts'
import { OutageRows } from './outage-rows.ts'
import { RedemptionRows } from './redemption-rows.ts'

/** A message of the hub's stream of records. `value`: what was sealed in it; `null` where it cannot be opened. */
export interface HubRecordMessage {
  readonly shop: string
  readonly sequence: number
  /** By the hub's clock, epoch milliseconds. */
  readonly at: number
  readonly value: unknown
}

/** How far the hub was read. `stream`: which stream of which hub. */
export interface HubPlace {
  readonly stream: string
  readonly sequence: number
  readonly at: number | null
}

const Place = z.object({
  stream: z.string(),
  sequence: z.number(),
  at: z.number().nullable(),
})
const Id = z.object({ id: z.number() })
const UpTo = z.object({ up_to: z.number() }).optional()

/** The office's copy of the journals. Each record counts once, however often it comes, and in whatever pieces. */
export class Projection {
  readonly #database: OfficeDatabase
  readonly #changes: FigureChanges
  readonly #redemptions: RedemptionRows
  readonly #outages: OutageRows
  readonly #shop
  readonly #till
  readonly #upTo
  readonly #advance
  readonly #place
  readonly #note
  readonly #unopened
  readonly #report
  readonly #version

  constructor(database: OfficeDatabase) {
    this.#database = database
    this.#changes = new FigureChanges(database)
    this.#redemptions = new RedemptionRows(database, this.#changes)
    this.#outages = new OutageRows(database)
    this.#shop = database.prepare(`
      INSERT INTO shop (code, name) VALUES (@code, @name)
      ON CONFLICT (code) DO UPDATE SET name = CASE @name WHEN '' THEN name ELSE @name END RETURNING id`)
    this.#till = database.prepare(`
      INSERT INTO till (shop, key, last_record_at) VALUES (@shop, @key, @at)
      ON CONFLICT (shop, key) DO UPDATE SET last_record_at = max(last_record_at, @at) RETURNING id`)
    this.#upTo = database.prepare('SELECT up_to FROM journal WHERE shop = ? AND id = ?')
    this.#advance = database.prepare(`
      INSERT INTO journal VALUES (@shop, @id, @upTo, @missing, @unreadable)
      ON CONFLICT DO UPDATE SET up_to = @upTo, missing = missing + @missing, unreadable = unreadable + @unreadable`)
    this.#place = database.prepare('SELECT stream, sequence, at FROM hub')
    this.#note = database.prepare(`
      INSERT INTO hub VALUES (1, @stream, @sequence, @at)
      ON CONFLICT DO UPDATE SET stream = @stream, sequence = @sequence, at = @at`)
    this.#unopened = database.prepare('UPDATE shop SET unopened = unopened + 1 WHERE id = ?')
    this.#report = database.prepare(`
      INSERT INTO report VALUES (@shop, @heardAt, @hubAt, @body)
      ON CONFLICT DO UPDATE SET heard_at = @heardAt, hub_at = @hubAt, body = @body`)
    this.#version = database.prepare(
      'INSERT INTO version_seen VALUES (?, ?) ON CONFLICT DO NOTHING',
    )
  }

  /** `null` before anything was read. */
  place(): HubPlace | null {
    const row = this.#place.get()
    return row === undefined ? null : Place.parse(row)
  }

  /**
   * Adds messages in the order of the stream, in one transaction, with how far it was read. `again`: they are read anew because the
   * hub has lost some; what cannot be opened was counted before. Returns true where records are missing before one of them, which
   * the hub may have had at sequences that were read as others'.
   */
  add(stream: string, messages: readonly HubRecordMessage[], again = false): boolean {
    let isMissing = false
    try {
      this.#database.transaction(() => {
        for (const message of messages) isMissing = this.#addOne(message, again) || isMissing
        this.#changes.flush()
        const last = messages.at(-1)
        if (last !== undefined) this.#note.run({ stream, sequence: last.sequence, at: last.at })
      })()
    } finally {
      this.#changes.drop()
    }
    return isMissing
  }

  /** Keeps what a shop says of itself. `at`: by the hub's clock. Returns whether it could be read. */
  hear(shop: string, at: number, value: unknown, now: number): boolean {
    const report = ShopReport.safeParse(value)
    if (!report.success) return false
    const body = JSON.stringify(report.data)
    this.#database.transaction(() => {
      this.#shop.get({ code: shop, name: report.data.shop })
      this.#report.run({ shop, heardAt: now, hubAt: at, body })
      for (const { report: till } of report.data.tills)
        if (till !== null) this.#version.run(till.version, now)
    })()
    return true
  }

  /** Forgets what was recorded before and is settled. Its figures stay; who asks for its life is told that there is none. */
  forget(before: number): void {
    this.#database.transaction(() => {
      this.#database.prepare('DELETE FROM redemption WHERE at < ? AND is_open = 0').run(before)
      this.#database.prepare('DELETE FROM doubled WHERE at < ?').run(before)
    })()
  }

  empty(): void {
    emptyProjection(this.#database)
  }

  #addOne({ shop: code, value }: HubRecordMessage, again: boolean): boolean {
    const parsed = OfficeBatch.safeParse(value)
    const shop = Id.parse(this.#shop.get({ code, name: parsed.data?.shop ?? '' })).id
    if (!parsed.success) {
      if (!again) this.#unopened.run(shop)
      return false
    }
    const batch = parsed.data
    const from = UpTo.parse(this.#upTo.get(shop, batch.journal))?.up_to ?? 0
    if (batch.upTo <= from) return false
    const isMissing = batch.after > from
    for (const record of batch.records) {
      if (record.sequence <= from) continue
      const till = Id.parse(this.#till.get({ shop, key: record.till, at: record.at })).id
      if (this.#redemptions.add(shop, till, record)) this.#outages.follow(shop, till, record)
    }
    this.#advance.run({
      shop,
      id: batch.journal,
      upTo: batch.upTo,
      missing: Math.max(0, batch.after - from),
      unreadable: batch.unreadable,
    })
    return isMissing
  }
}
