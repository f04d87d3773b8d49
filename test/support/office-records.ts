import type { OfficeBatch, OfficeRecord } from '../../main/chain/office/office-messages.ts'
import type { OfficeDatabase } from '../../main/office/office-database.ts'
import type { HubRecordMessage } from '../../main/office/projection.ts'

let count = 0

/** A record of the head office's; a redemption of 10 CNY at till T1, if nothing else is said. */
export function officeRecord(of: Partial<OfficeRecord> = {}): OfficeRecord {
  count += 1
  return {
    sequence: count,
    till: 'T1',
    id: count.toString(16).padStart(32, '0').split('').toReversed().join(''),
    at: Date.UTC(2026, 10, 20, 4) + count,
    kind: 'redeemed',
    coupon: null,
    batch: '12',
    number: `R${count}`,
    honoured: false,
    discountFen: null,
    reason: null,
    resolution: null,
    ...of,
  }
}

/** Records of one journal, cut into messages of the hub; their sequences in the journal begin after `after`. */
export function hubMessages(
  shop: string,
  records: readonly OfficeRecord[],
  {
    sizes = [records.length],
    journal = 'J1',
    after = 0,
    first = 1,
  }: {
    readonly sizes?: readonly number[]
    readonly journal?: string
    readonly after?: number
    readonly first?: number
  } = {},
): HubRecordMessage[] {
  const numbered = records.map((record, index) => ({ ...record, sequence: after + index + 1 }))
  const messages: HubRecordMessage[] = []
  let done = 0
  for (let turn = 0; done < numbered.length; turn += 1) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1)
    const part = numbered.slice(done, done + size)
    const value: OfficeBatch = {
      shop: `Shop ${shop}`,
      journal,
      after: after + done,
      upTo: after + done + part.length,
      unreadable: 0,
      records: part,
    }
    messages.push({ shop, sequence: first + turn, at: part[0]?.at ?? 0, value })
    done += part.length
  }
  return messages
}

/** Everything that the journals have filled, as one value. */
export function projectedRows(database: OfficeDatabase): unknown {
  const tables = ['shop', 'till', 'journal', 'redemption', 'doubled', 'outage']
  const figures = ['figures_by_shop', 'figures_by_hour']
  return Object.fromEntries(
    [...tables, ...figures].map((table) => [
      table,
      database
        .prepare(
          `SELECT * FROM ${table} ${figures.includes(table) ? 'WHERE redeemed OR refused OR discount_fen OR open OR losses OR returned' : ''}`,
        )
        .all(),
    ]),
  )
}
