import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { endsClaim, type JournalRecord, newsIn } from '../../../main/redemption/journal.ts'
import { honour, numberOf, scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({ offlinePolicy: honour, onlyStockId: '12' }, { stocks: [tenYuanOff] })
const order = { by: '王店长', why: '加入本店' }

function join(which = 'ours'): void {
  shop.store.journal.begin(which, { at: shop.now, by: order })
}

function kinds(records: readonly JournalRecord[] = shop.store.journal.next(100)): string[] {
  return records.map(({ kind }) => kind)
}

test('a till alone has no journal', async () => {
  open()
  await shop.scan(1)
  expect(shop.store.journal.next(100)).toEqual([])
  shop.store.journal.acknowledge(10)
  expect(shop.store.journal.next(100)).toEqual([])
})

test('every transition once, in order, with what it is about', async () => {
  open()
  await shop.scan(9)
  join()
  await shop.scan(1, { totalFen: 6000 })
  shop.returnCoupon(numberOf(1), order)
  await shop.pass(60_000)
  expect(kinds()).toEqual(['recorded', 'redeemed', 'given', 'returning', 'returned'])
  const records = shop.store.journal.next(100)
  expect(records[2]).toMatchObject({
    couponCode: codeOf(1),
    stockId: null,
    batch: '12',
    useRequestNo: numberOf(1),
    discountFen: 1000,
  })
  expect(new Set(records.map(({ id }) => id)).size).toBe(5)
  expect(records.map(newsIn)).toEqual([null, 'redeemed', null, null, 'returned'])
  expect(records.map(endsClaim)).toEqual([false, false, false, false, true])
})

test('what was acknowledged is not read again, also after a restart, and nothing else is lost', async () => {
  open()
  join()
  await shop.scan(1)
  const [first, second] = shop.store.journal.next(2)
  shop.store.journal.acknowledge(first?.sequence ?? 0)
  expect(shop.store.journal.next(1)).toEqual([second])
  // Late and out of order, as acknowledgements come.
  shop.store.journal.acknowledge(0)
  expect(shop.store.journal.next(1)).toEqual([second])
  // Of rows that a restored file does not have yet.
  shop.store.journal.acknowledge(1e9)
  await shop.scan(2)
  expect(kinds()).toEqual(['recorded', 'redeemed', 'given'])
})

test('joining again begins nothing anew', async () => {
  open()
  join()
  await shop.scan(1)
  join()
  expect(kinds()).toEqual(['recorded', 'redeemed', 'given'])
})

test('another shop is told nothing of what was recorded alone or in the shop before', async () => {
  open()
  join()
  await shop.scan(1)
  join('another')
  expect(kinds()).toEqual([])
  await shop.scan(2)
  expect(kinds()).toEqual(['recorded', 'redeemed', 'given'])
  // Nor where somebody deletes the mark.
  const database = new Database(shop.file)
  database.exec("DELETE FROM setting WHERE name = 'journal'")
  database.close()
  expect(kinds()).toEqual(['recorded', 'redeemed', 'given'])
  join('another')
  expect(kinds()).toEqual(['recorded', 'redeemed', 'given'])
})

test('where somebody deletes the mark everything since the till joined is read again, under the same ids', async () => {
  open()
  await shop.scan(9)
  join()
  await shop.scan(1)
  const before = shop.store.journal.next(100)
  shop.store.journal.acknowledge(before.at(-1)?.sequence ?? 0)
  const database = new Database(shop.file)
  database.exec("DELETE FROM setting WHERE name = 'journal'")
  database.close()
  expect(shop.store.journal.next(100)).toEqual(before)
})

test('honoured, and refused afterwards', async () => {
  open()
  await shop.scan(9)
  join()
  shop.use = () => noLine
  await shop.scan(1)
  shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  await shop.pass(600_000)
  expect(kinds()).toEqual(['recorded', 'honoured', 'given', 'review'])
  expect(shop.store.journal.next(2).at(-1)).toMatchObject({
    kind: 'honoured',
    discountFen: 1000,
    honoured: true,
  })
})

test('a person who decides that a return took effect tells the other tills so', async () => {
  open()
  join()
  await shop.scan(1)
  shop.return = () => refusal('RULE_LIMIT')
  shop.returnCoupon(numberOf(1), order)
  await shop.pass(60_000)
  const row = shop.rowOf(1)
  shop.store.redemptions.update([
    {
      redemption: { ...row, state: 'review', nextAttemptAt: null },
      audits: [{ at: shop.now, event: 'review', evidence: null }],
    },
  ])
  expect(shop.till.resolve(numberOf(1), 'not-redeemed', order).ok).toBe(true)
  const last = shop.store.journal.next(100).at(-1)
  expect(last).toMatchObject({ kind: 'resolved', resolution: 'not-redeemed' })
  expect(last && [newsIn(last), endsClaim(last)]).toEqual(['returned', true])
})

test('a discount that another total takes back is told as none', async () => {
  open()
  join()
  await shop.scan(1, { totalFen: 6000 })
  shop.till.setTotal(4000)
  const [given, takenBack] = shop.store.journal.next(100).filter(({ kind }) => kind === 'given')
  expect([given?.discountFen, takenBack?.discountFen]).toEqual([1000, 0])
})

test('it is heard of after the write, and once for several rows', async () => {
  open()
  join()
  let heard = 0
  const stop = shop.store.journal.onAdded(() => (heard += 1))
  shop.use = () => used
  await shop.scan(1)
  expect(heard).toBeGreaterThan(0)
  expect(heard).toBeLessThan(4)
  stop()
  const before = heard
  await shop.scan(2)
  expect(heard).toBe(before)
})
