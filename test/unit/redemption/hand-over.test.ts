import { expect, test, vi } from 'vitest'
import { nothingTaken, type TakenOver } from '../../../main/redemption/take-over.ts'
import { scriptedShop } from '../../support/scripted-shop.ts'
import {
  codeOf,
  noLine,
  refusal,
  type ScriptedTill,
  silence,
  used,
} from '../../support/scripted-till.ts'
import { takeFrom } from '../../support/take-from.ts'

const note = { by: 'Li', why: 'new computer' }
const password = '一二三 four'
const openShop = scriptedShop()
// Deriving a key takes some tenths of a second by design, and more on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

/** Opens a till without a line. */
function open(tillId: string, holdMs?: number): ScriptedTill {
  return openShop({ tillId, ...(holdMs === undefined ? {} : { holdMs }) }, { prepare: cut })
}

function cut(shop: ScriptedTill): void {
  shop.use = () => noLine
  shop.return = () => noLine
  shop.probe = () => noLine
}

async function give(shop: ScriptedTill): Promise<Uint8Array> {
  // Requests under way end first.
  await shop.pass(0)
  const sealed = shop.till.handOver(password, note)
  if (!sealed.ok) throw new Error(sealed.error.code)
  return sealed.value
}

function take(shop: ScriptedTill, sealed: Uint8Array): TakenOver {
  const taken = takeFrom(sealed, password, (brought) => shop.till.takeOver(brought, note))
  if (!taken.ok) throw new Error(taken.error.code)
  return taken.value
}

async function carry(from: ScriptedTill, to: ScriptedTill): Promise<TakenOver> {
  return take(to, await give(from))
}

function counts(change: Partial<TakenOver>): TakenOver {
  return { ...nothingTaken, ...change }
}

function numberOf(shop: ScriptedTill, coupon: number): string {
  return shop.store.redemptions.findByCode(codeOf(coupon))?.useRequestNo ?? ''
}

test('an open entry moves to another till with the same bytes, once, and the first till stops sending it', async () => {
  const [first, second] = [open('T1'), open('T2')]
  first.use = () => silence
  await first.scan(1)
  await first.scan(2)
  const sealed = await give(first)
  expect(Buffer.from(sealed).includes(codeOf(1))).toBe(false)
  const bodies = [...first.sent]
  await first.pass(3_600_000)
  expect(first.sent).toEqual(bodies)
  expect(await first.scan(1)).toMatchObject({
    tone: 'amber',
    reason: 'handed-over',
    instruction: 'do-not-give',
  })

  expect(takeFrom(sealed, 'other', (brought) => second.till.takeOver(brought, note))).toMatchObject(
    {
      error: { code: 'wrong-password' },
    },
  )
  second.use = () => used
  expect(take(second, sealed)).toEqual(counts({ taken: 2 }))
  expect(take(second, sealed)).toEqual(counts({ known: 2 }))
  await second.pass(60_000)
  expect([second.state(1), second.state(2)]).toEqual(['redeemed', 'redeemed'])
  expect([...second.sent].toSorted()).toEqual([...new Set(bodies)].toSorted())
  expect(await first.store.audit.isIntact()).toBe(true)
  expect(await second.store.audit.isIntact()).toBe(true)
})

test('an entry that comes back goes on as the last holder knew it', async () => {
  const [first, second, third] = [open('T1'), open('T2'), open('T3')]
  await first.scan(1, { totalFen: 9000 })
  await carry(first, second)
  const number = numberOf(second, 1)
  second.use = () => silence
  await second.pass(60_000)
  second.till.honour(number, note, null)
  expect(await carry(second, third)).toEqual(counts({ taken: 1 }))
  await third.pass(60_000)
  const last = third.store.redemptions.find(number)
  const honoured = { honoured: true, honouredValueFen: null }
  expect(last).toMatchObject({ state: 'pending', ...honoured, uncertain: true })
  first.till.pause()
  expect(await carry(third, first)).toEqual(counts({ taken: 1 }))
  expect(first.store.redemptions.find(number)).toEqual({ ...last, handOvers: 3 })
  first.use = () => used
  first.till.resume()
  await first.pass(60_000)
  expect(first.state(1)).toBe('redeemed')
  expect([second.state(1), third.state(1)]).toEqual(['resolved', 'resolved'])
  expect(await first.store.audit.isIntact()).toBe(true)
})

test('an old file changes nothing that has moved on or was decided', async () => {
  const [first, second] = [open('T1'), open('T2')]
  await first.scan(1)
  const out = await give(first)
  // A till's own export is not taken back, because another till may have it.
  expect(take(first, out)).toEqual(counts({ known: 1 }))
  take(second, out)
  const back = await give(second)
  expect(take(second, out)).toEqual(counts({ known: 1 }))
  expect(second.store.open.undecided()).toEqual([])
  take(first, back)
  expect(take(first, out)).toEqual(counts({ known: 1 }))
  first.use = () => refusal('RESOURCE_NOT_EXISTS', 404)
  await first.pass(60_000)
  expect(first.state(1)).toBe('refused')
  for (const file of [out, back]) expect(take(first, file)).toEqual(counts({ known: 1 }))
  expect(first.store.open.undecided()).toEqual([])
})

test('every export can be written again, and exports may arrive in any order', async () => {
  const [first, second] = [open('T1'), open('T2')]
  await first.scan(1)
  const one = await give(first)
  first.now -= 30 * 86_400_000
  await first.scan(2)
  await first.scan(3)
  const two = await give(first)
  expect(first.till.handOver(password, note)).toMatchObject({ error: { code: 'nothing-open' } })
  const [newest, oldest] = first.till.handOvers()
  expect([newest?.count, oldest?.count]).toEqual([2, 1])
  expect(first.till.handOverAgain(newest?.id ?? 0)).toEqual(two)
  expect(first.till.handOverAgain(oldest?.id ?? 0)).toEqual(one)
  expect(first.till.handOverAgain(99)).toBeNull()
  expect(take(second, two)).toEqual(counts({ taken: 2 }))
  expect(take(second, one)).toEqual(counts({ taken: 1 }))
})

test('an entry that comes back is sent, even though its row was erased meanwhile', async () => {
  const [first, second] = [open('T1'), open('T2')]
  await first.scan(1)
  await carry(first, second)
  expect(await first.store.erasure.settledBefore(Number.MAX_SAFE_INTEGER, first.now)).toBe(1)
  expect(await carry(second, first)).toEqual(counts({ taken: 1 }))
  first.use = () => used
  await first.pass(60_000)
  expect(first.state(1)).toBe('redeemed')
  expect(first.sent.at(-1)).toContain(codeOf(1))
})

test('taking over an entry does not hide that the coupon was redeemed here', async () => {
  const [first, second] = [open('T1'), open('T2')]
  await first.scan(1)
  second.use = () => used
  expect(await second.scan(1)).toMatchObject({ tone: 'green' })
  second.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  expect(await carry(first, second)).toEqual(counts({ closed: 1 }))
  await second.pass(60_000)
  expect(second.store.open.undecided()).toEqual([])
  const sent = second.sent.length
  expect(await second.scan(1)).toMatchObject({ tone: 'red', reason: 'redeemed-here-before' })
  expect(second.sent).toHaveLength(sent)
})

/** A coupon scanned at a till without a line, and then redeemed at another. */
async function scannedTwice(): Promise<{ first: ScriptedTill; second: ScriptedTill }> {
  const [first, second] = [open('T1'), open('T2')]
  first.now -= 600_000
  await first.scan(1)
  second.use = () => used
  await second.scan(1)
  return { first, second }
}

test("a coupon returned here is not redeemed again by another till's entry", async () => {
  const { first, second } = await scannedTwice()
  second.return = () => ({
    ...used,
    body: { wechatpay_return_time: '2026-01-05T10:00:00+08:00' },
  })
  second.returnCoupon(numberOf(second, 1), note)
  await second.pass(60_000)
  expect(second.state(1)).toBe('returned')
  const number = numberOf(first, 1)
  expect(await carry(first, second)).toEqual(counts({ closed: 1 }))
  const sent = second.sent.length
  await second.pass(86_400_000)
  expect(second.sent).toHaveLength(sent)
  expect(second.store.redemptions.find(number)).toMatchObject({
    state: 'cancelled',
    reason: 'returned-here-before',
  })
  // Presented again, it is redeemed under a number of this till.
  expect(await second.scan(1)).toMatchObject({ tone: 'green' })
})

test.each([
  ['honoured', (shop: ScriptedTill) => shop.till.honour(numberOf(shop, 1), note, null)],
  [
    'perhaps sent',
    async (shop: ScriptedTill) => {
      shop.use = () => silence
      await shop.pass(60_000)
    },
  ],
])(
  'an entry that was %s waits for a person, unsent, where its coupon was redeemed here',
  async (_, prepare) => {
    const { first, second } = await scannedTwice()
    await prepare(first)
    const number = numberOf(first, 1)
    expect(await carry(first, second)).toEqual(counts({ review: 1 }))
    const sent = second.sent.length
    await second.pass(86_400_000)
    expect(second.sent).toHaveLength(sent)
    expect(second.store.redemptions.find(number)).toMatchObject({
      state: 'review',
      reason: 'redeemed-here-before',
    })
    expect(second.till.sendAgain(number, note)).toMatchObject({ error: { code: 'not-now' } })
    expect(await second.scan(1)).toMatchObject({ tone: 'red', reason: 'redeemed-here-before' })
  },
)

test('of two numbers for one coupon, the one taken over waits for the one that is here', async () => {
  const [first, second] = [open('T1'), open('T2')]
  first.use = () => silence
  await first.scan(1)
  await second.scan(1)
  const number = numberOf(first, 1)
  expect(await carry(first, second)).toEqual(counts({ review: 1 }))
  expect(second.till.sendAgain(number, note)).toMatchObject({ error: { code: 'not-now' } })
  // The second number is refused as used, possibly by the first.
  second.use = () => refusal('RESOURCE_ALREADY_EXISTS')
  await second.pass(120_000)
  second.use = () => used
  expect(second.till.sendAgain(number, note).ok).toBe(true)
  await second.pass(120_000)
  expect(second.store.redemptions.find(number)?.state).toBe('redeemed')
})

test('a coupon that another till goes on with is not sent under a new number', async () => {
  const [first, second] = [open('T1'), open('T2')]
  second.use = () => silence
  await second.scan(1)
  await first.scan(1)
  expect(await carry(first, second)).toEqual(counts({ closed: 1 }))
  expect(await carry(second, first)).toEqual(counts({ taken: 1 }))
  await second.pass(4000)
  expect(await second.scan(1)).toMatchObject({ tone: 'amber', reason: 'handed-over' })
  expect(new Set(second.sent).size).toBe(1)
})

test('a coupon held at the other till goes back to its customer here when the hold ends', async () => {
  const [first, second] = [open('T1', 600_000), open('T2', 600_000)]
  await first.scan(1)
  expect(first.state(1)).toBe('pending')
  await second.pass(1000)
  expect(await carry(first, second)).toEqual(counts({ taken: 1 }))
  await second.pass(700_000)
  expect(second.state(1)).toBe('cancelled')
})

test('the same code in two batches is two coupons', async () => {
  const merchantCodes = ['12', '77'].map((stockId) => ({ pattern: /M\d{4}/, stockId }))
  const codeRules = { merchantCodes }
  const first = openShop({ tillId: 'T1', codeRules }, { prepare: cut })
  const second = openShop({ tillId: 'T2', codeRules })
  await first.scanCode('M0001', { stockId: '77' })
  await second.scanCode('M0001', { stockId: '12' })
  expect(await carry(first, second)).toEqual(counts({ taken: 1 }))
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
