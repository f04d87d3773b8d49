import type { OfficeRecord } from '../chain/office/office-messages.ts'
import type { OfficeDatabase } from './office-database.ts'

/** WeChat Pay decided about a coupon, so it was there. */
const answered = new Set(['redeemed', 'refused', 'returned', 'return-refused'])

/**
 * Derives from the journal when a till had no reply of WeChat Pay's: from the first coupon that it honoured without one to the next
 * that was decided. So an outage in which nobody came is none, and a rebuild finds the same.
 */
export class OutageRows {
  readonly #begin
  readonly #end

  constructor(database: OfficeDatabase) {
    this.#begin = database.prepare(`
      INSERT INTO outage (kind, shop, till, began_at) VALUES ('wechat-pay', ?, ?, ?) ON CONFLICT DO NOTHING`)
    this.#end = database.prepare(`
      UPDATE outage SET ended_at = max(?, began_at)
      WHERE kind = 'wechat-pay' AND shop = ? AND coalesce(till, 0) = ? AND ended_at IS NULL`)
  }

  follow(shop: number, till: number, { kind, at }: OfficeRecord): void {
    if (kind === 'honoured') this.#begin.run(shop, till, at)
    else if (answered.has(kind)) this.#end.run(at, shop, till)
  }
}
