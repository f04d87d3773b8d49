import { expect, test } from 'vitest'
import { scriptedShop, shop } from '../../support/scripted-shop.ts'
import { noLine, refusal, tenYuanOff } from '../../support/scripted-till.ts'

const hourMs = 3_600_000
const limits = { open: 3, openFen: 3000, singleFen: 2000, oldestMs: 6e7, sinceContactMs: 6e7 }
const open = scriptedShop(
  {
    caps: { undecidedAttempts: 150, waitedMs: hourMs },
    offlinePolicy: { mode: 'honour', byStock: {}, limits },
    onlyStockId: '12',
  },
  { stocks: [tenYuanOff] },
)

/** Honours coupons in an outage; from then on every reply is this refusal. */
async function honouredThenRefused(numbers: readonly number[], code: string, status: number) {
  open()
  await shop.scan(9)
  shop.use = () => noLine
  for (const number of numbers) await shop.scan(number)
  shop.use = () => refusal(code, status)
}

test('an error that two coupons get for ever ends with a person', async () => {
  await honouredThenRefused([1, 2], 'PARAM_ERROR', 400)
  await shop.pass(hourMs)
  expect([1, 2].map((number) => shop.state(number))).toEqual(['pending', 'pending'])
  await shop.pass(2 * hourMs)
  expect([1, 2].map((number) => shop.state(number))).toEqual(['review', 'review'])
})

test('a fault that cannot be one coupon’s own keeps every entry for as long as it lasts', async () => {
  await honouredThenRefused([1], 'SIGN_ERROR', 401)
  await shop.pass(3 * hourMs)
  expect(shop.state(1)).toBe('pending')
})
