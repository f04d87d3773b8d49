import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { tillOfSubject } from '../names.ts'
import { type ChainSealing, couponText, derive, keyedHash } from '../sealing.ts'
import type { Session, StoredMessage } from '../session.ts'
import { silent } from '../within.ts'
import type { OfficeBatch, OfficeRecord } from './office-messages.ts'

/** `JournalRecord`, as it was sealed by a till of this or another version. */
const Sealed = z.object({
  record: z.object({
    id: z.string(),
    at: z.int().nonnegative(),
    kind: z.string(),
    couponCode: z.string().nullable(),
    stockId: z.string().nullable(),
    batch: z.string().nullable(),
    useRequestNo: z.string(),
    honoured: z.boolean(),
    discountFen: z.int().nonnegative().nullable(),
    reason: z.string().nullable(),
    resolution: z.string().nullable(),
  }),
})

const patienceMs = 5000

/**
 * Turns a record of the shop's tills into one of the head office, which sees no code. `null` for what was sealed under another chain
 * key, or changed.
 */
export type Translate = (message: StoredMessage) => OfficeRecord | null

export function createTranslator(sealing: ChainSealing, couponKey: Uint8Array): Translate {
  const key: KeyObject = derive(couponKey, 'office coupon')
  return ({ sequence, subject, data }) => {
    const opened = Sealed.safeParse(sealing.open(subject, data))
    if (!opened.success) return null
    const { couponCode, stockId, useRequestNo, ...known } = opened.data.record
    return {
      ...known,
      sequence,
      till: tillOfSubject(subject),
      number: useRequestNo,
      coupon: couponCode === null ? null : keyedHash(key, couponText({ couponCode, stockId })),
    }
  }
}

/** Reads the journal on, `most` messages of it; `null` where there is nothing new, or no answer. */
export async function collectBatch(
  session: Session,
  { journal, upTo }: { readonly journal: string; readonly upTo: number },
  translate: Translate,
  most: number,
): Promise<Omit<OfficeBatch, 'shop'> | null> {
  const records: OfficeRecord[] = []
  let unreadable = 0
  let end = upTo
  for (let count = 0; count < most; count += 1) {
    const message = await session.journalFrom(end + 1, patienceMs)
    if (message === null || message === silent) break
    end = message.sequence
    const record = translate(message)
    if (record === null) unreadable += 1
    else records.push(record)
  }
  return end === upTo ? null : { journal, after: upTo, upTo: end, unreadable, records }
}
