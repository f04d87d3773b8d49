import { expect, test } from 'vitest'
import { noCounter } from '../../../main/contract/counter.ts'
import { CounterRevision } from '../../../main/app/counter-revision.ts'
import { codeOf, noLine, ScriptedTill, tenYuanOff, used } from '../../support/scripted-till.ts'

test('the number grows with whatever changes, and with nothing else', () => {
  const revision = new CounterRevision()
  const first = revision.number({ ...noCounter, revision: 7 })
  expect(revision.number({ ...noCounter, revision: 9 })).toEqual(first)
  const second = revision.number({ ...noCounter, aside: 'not-a-coupon', revision: 9 })
  expect(second.revision).toBeGreaterThan(first.revision)
  // Another till begins its own anew.
  expect(revision.number(noCounter).revision).toBeGreaterThan(second.revision)
})

test('a coupon that is returned with nobody before it leaves the list under a higher number', async () => {
  const shop = new ScriptedTill()
  const revision = new CounterRevision()
  shop.store.saveStock(tenYuanOff, shop.now)
  shop.till.start()
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.nextCustomer()
  shop.use = () => used
  await shop.pass(5000)
  const before = revision.number(shop.till.counter())
  expect(before.open).toHaveLength(1)
  shop.till.returnUngiven(shop.store.findByCode(codeOf(1))?.useRequestNo ?? '', null)
  await shop.pass(1000)
  const after = revision.number(shop.till.counter())
  expect(after.open).toEqual([])
  expect(after.revision).toBeGreaterThan(before.revision)
  shop.close()
})
