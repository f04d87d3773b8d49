import { expect, test } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, noLine, refusal, silence, used } from '../../support/scripted-till.ts'

const open = scriptedShop()
const wrong = 'wx00000000000typo'
const right = 'wx0000000000right'
const minuteMs = 60_000

/** WeChat Pay: refuses every coupon under the wrong appid. */
function use(body: string) {
  return sentAs(body).appid === right ? used : refusal('APPID_MCHID_NOT_MATCH')
}

function sentAs(body: string | undefined): { appid: string; use_request_no: string } {
  return JSON.parse(body ?? '{}')
}

/** Returns every row of this coupon, oldest first. */
function rows(number: number): Redemption[] {
  return shop.store.redemptions
    .recent(50)
    .filter(({ couponCode }) => couponCode === codeOf(number))
    .toReversed()
}

test('what waited under a wrong appid is minted anew under the right one and settled once', async () => {
  open({ appid: wrong })
  shop.use = use
  await shop.scan(1, { totalFen: 8000 })
  // Scanned while the queue is stopped, and while there is no line either.
  await shop.scan(2)
  shop.use = () => noLine
  await shop.scan(3)
  expect(shop.till.state().queue.waiting).toBe(3)
  shop.use = use
  const before = shop.sent.length
  shop.restart({ appid: right })
  await shop.pass(5 * minuteMs)
  for (const number of [1, 2, 3]) {
    const [old, anew, ...more] = rows(number)
    expect(more).toEqual([])
    expect(old).toMatchObject({ state: 'cancelled', reason: 'appid-not-bound' })
    expect(anew).toMatchObject({ state: 'redeemed', totalFen: old?.totalFen ?? null })
    expect(anew?.useRequestNo).not.toBe(old?.useRequestNo)
  }
  const appids = shop.sent.slice(before).map((body) => sentAs(body).appid)
  expect(appids).toEqual([right, right, right])
  expect(shop.till.state().connection.state).toBe('online')
})

test('what may have been redeemed keeps its number and its bytes, and holds up no other', async () => {
  open({ appid: wrong })
  shop.use = () => silence
  await shop.scan(1)
  const [{ useRequestNo, body } = shop.rowOf(1)] = rows(1)
  shop.use = use
  shop.restart({ appid: right })
  expect((await shop.scan(2)).tone).toBe('green')
  await shop.pass(10 * minuteMs)
  expect(rows(1)).toHaveLength(1)
  expect(shop.rowOf(1)).toMatchObject({ useRequestNo, body, uncertain: true, state: 'pending' })
  expect((await shop.scan(3)).tone).toBe('green')
})

test('sent again by a person, it goes out under the right appid too', async () => {
  open({ appid: wrong, caps: { undecidedAttempts: 2, waitedMs: 2 * minuteMs } })
  shop.use = use
  await shop.scan(1)
  await shop.scan(2)
  await shop.pass(30 * minuteMs)
  const [stopped] = shop.till.review()
  if (stopped === undefined) throw new Error('nothing went to review')
  shop.restart({ appid: right })
  const { useRequestNo } = stopped.redemption
  expect(shop.till.sendAgain(useRequestNo, { by: 'Li', why: 'mended' }).ok).toBe(true)
  await shop.pass(minuteMs)
  const sent = shop.sent.map(sentAs).at(-1)
  expect(sent?.appid).toBe(right)
  expect(sent?.use_request_no).not.toBe(useRequestNo)
  expect(shop.till.review().map(({ redemption }) => redemption.useRequestNo)).not.toContain(
    useRequestNo,
  )
})
