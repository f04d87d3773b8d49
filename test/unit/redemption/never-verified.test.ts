import { expect, test } from 'vitest'
import { findsOutAboutKey } from '../../../main/redemption/key-trial.ts'
import { answered } from '../../support/answered.ts'
import { seeded } from '../../bench/corpus/random.ts'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { codeOf, used } from '../../support/scripted-till.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'

const open = scriptedShop()

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const unverifiable = answered({
  status: 200,
  verified: false,
  carriesSignature: true,
  unproven: { why: 'key-unknown', signedWith: 'PUB_KEY_ID_2', tillHas: ['PUB_KEY_ID_1'] },
  body: { stock_id: '12', openid: 'o-1' },
})

/** Replies to the first coupon never verify, those to others from the second on: WeChat Pay probes so. Returns when the first was sent. */
function oneNeverVerifies(): number[] {
  const sentAt: number[] = []
  const probed = new Set<string>()
  shop.use = (body) => {
    const isFirst = body.includes(codeOf(1))
    if (isFirst) sentAt.push(shop.now)
    if (!isFirst && probed.has(body)) return used
    probed.add(body)
    return unverifiable
  }
  return sentAt
}

async function scanOthers(numbers: readonly number[]): Promise<void> {
  for (const number of numbers) {
    await shop.pass(10 * minuteMs)
    await shop.scan(number)
    await shop.pass(3 * minuteMs)
    expect(shop.state(number)).toBe('redeemed')
  }
}

test('a coupon whose replies never verify soon stops nobody else, and keeps its growing waits', async () => {
  open({ caps: { undecidedAttempts: 150, waitedMs: 24 * hourMs }, random: seeded(1) })
  const sentAt = oneNeverVerifies()
  await shop.scan(1)
  // Until it is known to be its own fault, each probe of another coupon may stop the queue until that is confirmed.
  await scanOthers([2, 3, 4, 5])
  const known = sentAt.length
  for (const number of [6, 7, 8]) {
    await shop.pass(10 * minuteMs)
    const told = await shop.scan(number)
    expect(told.reason).toBe('reply-key-unknown')
    expect(shop.till.state().connection.blockedBy).toBeNull()
    await shop.pass(5000)
    expect(shop.state(number)).toBe('redeemed')
  }
  const waits = sentAt.slice(known).map((at, index) => at - (sentAt[known + index - 1] ?? 0))
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(5 * minuteMs)
  await shop.pass(25 * hourMs)
  expect(shop.state(1)).toBe('review')
})

test('a key that really is wrong is noticed all the same', async () => {
  open({ caps: { undecidedAttempts: 150, waitedMs: 24 * hourMs }, random: seeded(1) })
  oneNeverVerifies()
  await shop.scan(1)
  await scanOthers([2, 3, 4, 5])
  shop.use = () => unverifiable
  await shop.scan(6)
  await shop.scan(7)
  expect(shop.till.state().connection.blockedBy).toBe('wechatpay-key-wrong')
})

test('entries take turns in finding out whether the key is mended', () => {
  const waiting = [1, 2, 3].map((number) => ({
    ...pendingRedemption(number),
    uncertain: number > 1,
    nextAttemptAt: 100 - number,
  }))
  const next = findsOutAboutKey({ due: () => waiting }, 200, [], 'due')
  expect(next?.useRequestNo).toBe(waiting[2]?.useRequestNo)
})
