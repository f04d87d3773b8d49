import { expect, test } from 'vitest'
import { noCounter } from '../../../main/contract/counter.ts'
import { CounterRevision } from '../../../main/app/counter-revision.ts'
import { scriptedShop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, tenYuanOff, used } from '../../support/scripted-till.ts'

const open = scriptedShop({}, { stocks: [tenYuanOff] })

test('the revision grows with every change of the counter, and otherwise stays', () => {
  const revision = new CounterRevision()
  const first = revision.number({ ...noCounter, revision: 7 })
  expect(revision.number({ ...noCounter, revision: 9 })).toEqual(first)
  const second = revision.number({ ...noCounter, aside: 'not-a-coupon', revision: 9 })
  expect(second.revision).toBeGreaterThan(first.revision)
  // Another till starts its own revisions from the beginning.
  expect(revision.number(noCounter).revision).toBeGreaterThan(second.revision)
})

test('the revision grows when a returned coupon leaves the list and nobody is at the counter', async () => {
  const shop = open()
  const revision = new CounterRevision()
  shop.use = () => noLine
  await shop.scan(1)
  shop.till.nextCustomer()
  shop.use = () => used
  await shop.pass(5000)
  const before = revision.number(shop.till.counter())
  expect(before.open).toHaveLength(1)
  shop.till.returnUngiven(shop.store.redemptions.findByCode(codeOf(1))?.useRequestNo ?? '', null)
  await shop.pass(1000)
  const after = revision.number(shop.till.counter())
  expect(after.open).toEqual([])
  expect(after.revision).toBeGreaterThan(before.revision)
})
