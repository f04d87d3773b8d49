import { afterEach, expect, test, vi } from 'vitest'
import { codeOf, noLine, refusal, ScriptedTill, silence } from '../../support/scripted-till.ts'

const note = { by: 'Li', why: 'new computer' }
const password = '一二三 four'
const shops: ScriptedTill[] = []
// A password costs some tenths of a second each time, and more on a busy machine: that is its purpose.
vi.setConfig({ testTimeout: 30_000 })

function open(tillId: string): ScriptedTill {
  const shop = new ScriptedTill({ tillId })
  shops.push(shop)
  shop.till.start()
  return shop
}

afterEach(() => {
  for (const shop of shops.splice(0)) shop.close()
})

test('what is open goes to another till under the same bytes, once, and is sent by the first no more', async () => {
  const [first, second] = [open('T1'), open('T2')]
  first.use = () => silence
  first.probe = () => noLine
  await first.scan(1)
  await first.scan(2)
  const sealed = first.till.handOver(password, note)
  if (!sealed.ok) throw new Error(sealed.error.code)
  expect(first.till.lastHandOver()).toEqual(sealed.value)
  expect(Buffer.from(sealed.value).includes(codeOf(1))).toBe(false)
  const bodies = [...first.sent]
  await first.pass(3_600_000)
  expect(first.sent).toEqual(bodies)
  expect(await first.scan(1)).toMatchObject({
    tone: 'amber',
    reason: 'handed-over',
    instruction: 'do-not-give',
  })

  expect(second.till.takeOver(sealed.value, 'other', note)).toMatchObject({
    error: { code: 'wrong-password' },
  })
  expect(second.till.takeOver(sealed.value, password, note)).toEqual({ ok: true, value: 2 })
  expect(second.till.takeOver(sealed.value, password, note)).toEqual({ ok: true, value: 0 })
  await second.pass(60_000)
  expect([second.state(1), second.state(2)]).toEqual(['redeemed', 'redeemed'])
  expect([...second.sent].toSorted()).toEqual([...new Set(bodies)].toSorted())
  expect(await first.store.isAuditIntact()).toBe(true)
  expect(await second.store.isAuditIntact()).toBe(true)
})

test('what is taken over does not hide that the coupon was redeemed here', async () => {
  const [first, second] = [open('T1'), open('T2')]
  first.use = () => noLine
  first.probe = () => noLine
  await first.scan(1)
  expect(await second.scan(1)).toMatchObject({ tone: 'green' })
  const sealed = first.till.handOver(password, note)
  if (!sealed.ok) throw new Error(sealed.error.code)
  second.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  expect(second.till.takeOver(sealed.value, password, note)).toEqual({ ok: true, value: 1 })
  await second.pass(60_000)
  expect(second.store.unsettled()).toEqual([])
  const sent = second.sent.length
  expect(await second.scan(1)).toMatchObject({ tone: 'red', reason: 'redeemed-here-before' })
  expect(second.sent).toHaveLength(sent)
})

test('a file that was changed, cut or is something else is refused', async () => {
  const shop = open('T1')
  shop.use = () => silence
  await shop.scan(1)
  const sealed = shop.till.handOver(password, note)
  if (!sealed.ok) throw new Error(sealed.error.code)
  const changed = new Uint8Array(sealed.value)
  changed[60] = (changed[60] ?? 0) ^ 1
  expect(shop.till.takeOver(changed, password, note)).toMatchObject({ ok: false })
  expect(shop.till.takeOver(sealed.value.slice(0, 80), password, note)).toMatchObject({ ok: false })
  expect(shop.till.takeOver(new Uint8Array([1, 2, 3]), password, note)).toMatchObject({
    error: { code: 'no-hand-over' },
  })
})

test('nothing is handed over while a request is under way', async () => {
  const shop = open('T1')
  const late = Promise.withResolvers<typeof silence>()
  shop.use = () => late.promise
  const verdict = shop.scan(1)
  await shop.pass(100)
  expect(shop.till.handOver(password, note)).toMatchObject({ error: { code: 'busy' } })
  late.resolve(silence)
  await verdict
  expect(shop.till.handOver(password, note).ok).toBe(true)
})
