import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { OfficeRecord } from '../../../main/chain/office/office-messages.ts'
import { openOfficeDatabase } from '../../../main/office/office-database.ts'
import { type HubRecordMessage, Projection } from '../../../main/office/projection.ts'
import { hubMessages, officeRecord, projectedRows } from '../../support/office-records.ts'

const kinds = [
  'recorded',
  'given',
  'honoured',
  'redeemed',
  'refused',
  'review',
  'returning',
  'returned',
  'released',
  'cancelled',
  'resolved',
  'a-kind-of-later',
]

const someRecord: fc.Arbitrary<OfficeRecord> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    number: fc.constantFrom('R1', 'R2', 'R3', 'R4'),
    coupon: fc.constantFrom(null, 'a'.repeat(32), 'b'.repeat(32)),
    till: fc.constantFrom('T1', 'T2'),
    batch: fc.constantFrom(null, '12', '13'),
    discountFen: fc.constantFrom(null, 0, 500, 1000),
    honoured: fc.boolean(),
    resolution: fc.constantFrom(null, 'confirmed', 'loss', 'not-redeemed'),
    at: fc.integer({ min: Date.UTC(2026, 10, 1), max: Date.UTC(2026, 10, 4) }),
  })
  .map((of) => officeRecord(of))

describe("the office's copy of the journals", () => {
  test('is the same in whatever pieces, restarts and repetitions it was read, and when it is made anew', () => {
    fc.assert(
      fc.property(
        fc.array(someRecord, { minLength: 1, maxLength: 40 }),
        fc.array(someRecord, { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat({ max: 60 }), { maxLength: 6 }),
        (east, west, sizes, back) => {
          const plain = openCopy()
          plain.copy.add('S', [...hubMessages('east', east), ...hubMessages('west', west)])
          const cut = openCopy()
          const messages = [
            ...hubMessages('east', east, { sizes }),
            ...hubMessages('west', west, { sizes }),
          ]
          const read: HubRecordMessage[] = []
          for (const message of messages) {
            read.push(message)
            cut.copy.add('S', [message])
            // The hub went back, and is read from earlier on.
            const again = back[read.length % Math.max(1, back.length)]
            if (again !== undefined) cut.copy.add('S', read.slice(again), true)
          }
          expect(projectedRows(cut.database)).toEqual(projectedRows(plain.database))
          cut.copy.empty()
          cut.copy.add('S', messages)
          expect(projectedRows(cut.database)).toEqual(projectedRows(plain.database))
          plain.database.close()
          cut.database.close()
        },
      ),
      { numRuns: 40 },
    )
  })

  test('the figures are the sum of what each redemption counts for', () => {
    fc.assert(
      fc.property(fc.array(someRecord, { minLength: 1, maxLength: 60 }), (records) => {
        const { database, copy } = openCopy()
        copy.add('S', hubMessages('east', records))
        const sums = (table: string, where: string): unknown =>
          database
            .prepare(
              `SELECT total(redeemed) AS redeemed, total(losses) AS losses, total(loss_fen) AS loss, total(open) AS open FROM ${table} WHERE ${where}`,
            )
            .get()
        const counted = database
          .prepare(
            `SELECT total(was_redeemed) AS redeemed, total(is_loss) AS losses, total(loss_fen) AS loss, total(is_open) AS open FROM redemption`,
          )
          .get()
        expect(sums('figures_by_shop', 'shop = 0')).toEqual(counted)
        expect(sums('figures_by_shop', 'shop > 0')).toEqual(counted)
        expect(sums('figures_by_hour', 'hour = 24')).toEqual(counted)
        expect(sums('figures_by_hour', 'hour < 24')).toEqual(counted)
        database.close()
      }),
      { numRuns: 40 },
    )
  })

  test('a record that a till sends again to a new server, or that was forgotten, counts no second time', () => {
    const { database, copy } = openCopy()
    const records = [
      officeRecord({ number: 'R1', kind: 'recorded' }),
      officeRecord({ number: 'R1', kind: 'given', discountFen: 1000 }),
      officeRecord({ number: 'R1', kind: 'redeemed' }),
    ]
    copy.add('S', hubMessages('east', records))
    const figures = (): unknown => database.prepare('SELECT * FROM figures_by_shop').all()
    const before = figures()
    copy.add('S', hubMessages('east', records, { journal: 'J2' }))
    expect(figures()).toEqual(before)
    copy.forget(Date.UTC(2027, 0, 1))
    expect(database.prepare('SELECT count(*) FROM redemption').pluck().get()).toBe(0)
    // The hub went back, and has the first two and one more in one message.
    const later = [...records, officeRecord({ number: 'R2', kind: 'recorded' })]
    copy.add('S', hubMessages('east', later), true)
    expect(figures()).toEqual(before)
    database.close()
  })

  test('what cannot be opened or is missing is counted, and the rest goes on', () => {
    const { database, copy } = openCopy()
    const [first, second] = [officeRecord(), officeRecord()]
    copy.add('S', [
      ...hubMessages('east', [first]),
      { shop: 'east', sequence: 2, at: 1, value: null },
    ])
    const isMissing = copy.add('S', hubMessages('east', [second], { after: 4, first: 3 }))
    expect(isMissing).toBe(true)
    expect(projectedRows(database)).toMatchObject({
      shop: [{ name: 'Shop east', unopened: 1 }],
      journal: [{ up_to: 5, missing: 3 }],
      redemption: [{ number: first.number }, { number: second.number }],
    })
    database.close()
  })
})

function openCopy() {
  const database = openOfficeDatabase(null)
  return { database, copy: new Projection(database) }
}
