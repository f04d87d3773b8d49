import { expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { noLine, tenYuanOff, used } from '../../support/scripted-till.ts'
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
  // Not "never connected": that would contradict the time beside it.
  expect(shop.till.state().connection).toMatchObject({ state: 'unchecked', lastContactAt: at })
  expect(shop.till.state().badge).toBe('unchecked')
  expect(shop.till.show(shop.rowOf(1).useRequestNo)?.stock?.name).toBe(tenYuanOff.name)
})

test('the first request after a restart shows whether the line is up', async () => {
  open()
  await shop.scan(1)
  for (const [reply, state] of [
    [used, 'online'],
    [noLine, 'offline'],
  ] as const) {
    shop.restart()
    shop.use = () => reply
    await shop.scan(state === 'online' ? 2 : 3)
    expect(shop.till.state().connection.state).toBe(state)
  }
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
