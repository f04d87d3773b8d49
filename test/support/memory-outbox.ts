import { randomBytes } from 'node:crypto'
import type { JournalOutbox, JournalRecord } from '../../main/redemption/journal.ts'
import { createListeners } from '../../main/redemption/listeners.ts'

export interface MemoryOutbox extends JournalOutbox {
  /** Adds a record and returns it. */
  add(of: Partial<JournalRecord> & Pick<JournalRecord, 'useRequestNo'>): JournalRecord
  /** What is not acknowledged. */
  waiting(): number
}

/** The outbox of a till, without its file. */
export function createMemoryOutbox(): MemoryOutbox {
  const added = createListeners()
  let records: JournalRecord[] = []
  let sequence = 0
  return {
    next: (limit) => records.slice(0, limit),
    acknowledge(upTo) {
      records = records.filter((record) => record.sequence > upTo)
    },
    onAdded: added.add,
    add(of) {
      sequence += 1
      const record: JournalRecord = {
        sequence,
        id: randomBytes(16).toString('hex'),
        at: Date.now(),
        kind: 'redeemed',
        couponCode: null,
        stockId: null,
        batch: null,
        honoured: false,
        discountFen: null,
        reason: null,
        resolution: null,
        ...of,
      }
      records.push(record)
      added.tell()
      return record
    },
    waiting: () => records.length,
  }
}
