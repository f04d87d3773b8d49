import type { Page } from '@playwright/test'
import type { ShopView } from '../../main/contract/counter.ts'
import {
  batches,
  codeOf,
  expectVerdict,
  expectWords,
  given,
  issueCoupons,
} from '../support/counter-steps.ts'
import { noEngine } from '../support/engine-here.ts'
import { expect, test } from '../support/shop-test.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import type { TillOfShop } from '../support/till-of-shop.ts'
import { TillPage } from './till-page.ts'

test.skip(noEngine !== null, `not here: ${noEngine ?? ''}`)

const honoured = { tone: 'amber', reason: 'no-connection', instruction: 'give' } as const
const givenThere = {
  tone: 'red',
  reason: 'honoured-at-other-till',
  instruction: 'do-not-give',
} as const

const bothGave = {
  tone: 'amber',
  reason: 'honoured-at-other-till',
  instruction: 'already-given',
} as const

/** Opens two tills, each of which has heard WeChat Pay once, and takes the internet away from both. */
async function twoTillsWithoutInternet(
  standIn: SpawnedStandIn,
  openTill: (tillId: string) => Promise<TillOfShop>,
): Promise<[TillOfShop, TillOfShop]> {
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3, 4, 5, 6].map(codeOf))
  const one = await openTill('T01')
  const two = await openTill('T02')
  await one.scan(codeOf(1))
  await expectVerdict(one.page, given)
  await two.scan(codeOf(2))
  await expectVerdict(two.page, given)
  await standIn.control.network({ network: 'cut' })
  return [one, two]
}

/** What the cashier reads of the other tills, in both languages. */
async function expectStanding(page: Page, kind: ShopView['kind']): Promise<void> {
  const line = page.getByTestId('verdict-shop')
  await expect(line).toHaveAttribute('data-standing', kind)
  const words = {
    asking: { 'zh-CN': '正在与本店其他收银台核对', en: "Checking with the shop's other tills" },
    held: {
      'zh-CN': '本店已锁定：别的收银台没有收这张券',
      en: 'Held for this shop: no other till here has it',
    },
    unchecked: {
      'zh-CN': '未能与本店其他收银台核对',
      en: "Not checked with the shop's other tills",
    },
    elsewhere: {
      'zh-CN': /^收银台 T0\d 也有这张券（\d\d:\d\d 起），请告诉店长$/,
      en: /^At till T0\d too, since \d\d:\d\d: tell the supervisor$/,
    },
  } as const
  await expectWords(page, 'verdict-shop', words[kind])
}

test('without internet one till of the shop honours a coupon, and the other says where it was given', async ({
  standIn,
  openTill,
}) => {
  const [one, two] = await twoTillsWithoutInternet(standIn, openTill)
  await one.scan(codeOf(3))
  await expectVerdict(one.page, honoured)
  await expectStanding(one.page, 'held')

  await two.scan(codeOf(3))
  await expectVerdict(two.page, givenThere)
  await expectWords(two.page, 'verdict-title', {
    'zh-CN': '别的收银台已给优惠',
    en: 'Given at another till',
  })
  await expectWords(two.page, 'verdict-given', {
    'zh-CN': /给过优惠（T01 号收银台）$/,
    en: /^Given .*, at till T01$/,
  })

  // Each redeems what it has given, and nothing else.
  await standIn.control.network({ network: 'up' })
  for (const { page } of [one, two]) {
    await page.keyboard.press('F8')
    await new TillPage(page).expectWaiting(0)
  }
  await expect.poll(() => redeemed(standIn)).toEqual([1, 2, 3].map(codeOf))
})

test('a server that says nothing keeps nobody waiting; what it says late is told at both tills', async ({
  standIn,
  server,
  openTill,
}) => {
  const [one, two] = await twoTillsWithoutInternet(standIn, openTill)
  server.stall()
  await one.scan(codeOf(3))
  await expectVerdict(one.page, honoured)
  await expectStanding(one.page, 'unchecked')
  server.wake()
  await expectStanding(one.page, 'held')
  await two.scan(codeOf(3))
  await expectVerdict(two.page, givenThere)

  server.stall()
  for (const till of [one, two]) {
    await till.scan(codeOf(4))
    await expectVerdict(till.page, honoured)
    await expectStanding(till.page, 'unchecked')
  }
  server.wake()
  // Both gave the discount, and both cashiers are told.
  for (const { page } of [one, two]) {
    await expectVerdict(page, bothGave)
    await expectStanding(page, 'elsewhere')
  }

  await standIn.control.network({ network: 'up' })
  for (const { page } of [one, two]) {
    await page.keyboard.press('F8')
    await new TillPage(page).expectWaiting(0)
  }
  await expect.poll(() => redeemed(standIn)).toEqual([1, 2, 3, 4].map(codeOf))
})

test('while the server is off each till is alone and says so; once it is back it is asked by itself', async ({
  standIn,
  server,
  openTill,
}) => {
  const [one, two] = await twoTillsWithoutInternet(standIn, openTill)
  await server.stop()
  await one.scan(codeOf(3))
  await expectVerdict(one.page, honoured)
  await expectStanding(one.page, 'unchecked')

  await server.start()
  await expectStanding(one.page, 'held')
  await two.scan(codeOf(3))
  await expectVerdict(two.page, givenThere)
})

/** The codes that WeChat Pay has redeemed, each as often as it has. */
async function redeemed(standIn: SpawnedStandIn): Promise<string[]> {
  const { effects } = await standIn.control.ledger({})
  return effects.map(({ code }) => code).toSorted()
}
