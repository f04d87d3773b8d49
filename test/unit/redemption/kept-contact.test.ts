import { expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { noLine, tenYuanOff } from '../../support/scripted-till.ts'
import { ok } from '../../../main/contract/result.ts'

const open = scriptedShop()
const hourMs = 3_600_000

test('last contact and known batches survive a restart, also without a line', async () => {
  open()
  shop.queries.queryStock = async () => ok(tenYuanOff)
  await shop.scan(1)
  await shop.pass(0)
  const at = shop.till.state().connection.lastContactAt
  expect(at).not.toBeNull()
  shop.use = () => noLine
  shop.restart({ offForMs: hourMs })
  expect(shop.till.state().connection.lastContactAt).toBe(at)
  expect(shop.till.show(shop.rowOf(1).useRequestNo)?.stock?.name).toBe(tenYuanOff.name)
})

test('it is kept once a minute, and when the till is stopped', async () => {
  open()
  await shop.scan(1)
  const first = shop.store.lastContact.read()
  await shop.pass(10_000)
  await shop.scan(2)
  expect(shop.store.lastContact.read()).toBe(first)
  await shop.pass(60_000)
  await shop.scan(3)
  expect(shop.store.lastContact.read()).toBe(shop.now)
  await shop.pass(10_000)
  await shop.scan(4)
  const last = shop.now
  shop.till.stop()
  expect(shop.store.lastContact.read()).toBe(last)
})

test('a probe that gets through ends "not connected yet"', async () => {
  open()
  expect(shop.till.state().connection.state).toBe('untried')
  await shop.till.probe()
  expect(shop.till.state().connection).toMatchObject({ state: 'online', lastContactAt: shop.now })
})
