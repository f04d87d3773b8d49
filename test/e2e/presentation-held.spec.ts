import type { Page } from '@playwright/test'
import {
  batches,
  codeOf,
  counterOf,
  expectVerdict,
  expectWords,
  issueCoupons,
  waitForScanEnd,
  waitOutDoubleScan,
  changeShopSettings,
  given,
  held,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import type { RedemptionState } from '../../main/contract/redemption-view.ts'
import { TillPage } from './till-page.ts'

const kept = { tone: 'amber', reason: 'kept-by-customer', instruction: 'do-not-give' } as const

function openOf(page: Page, kind: 'held' | 'not-given' | 'releasing') {
  return page.locator(`[data-testid="open-coupon"][data-kind="${kind}"]`)
}

/** Expects the state of the coupon recorded last. The list follows a verdict some 40 ms later (main/ipc/send-events.ts). */
async function expectState(page: Page, state: RedemptionState): Promise<void> {
  await expect(page.getByTestId('recent-row').first()).toHaveAttribute('data-state', state)
}

test('a customer can keep a coupon without a reply: one key, and it is never sent', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, held)
  await expectWords(page, 'verdict-title', { 'zh-CN': '先别给优惠', en: 'Do not give it yet' })
  await expectWords(page, 'open-coupon', {
    'zh-CN': /还没结果 · \d\d:\d\d 后还给顾客/,
    en: /no answer yet · goes back at/,
  })
  await waitForScanEnd(page)
  await keyboard.press('Delete')
  await expectVerdict(page, kept)
  await expectWords(page, 'verdict-title', { 'zh-CN': '券留给顾客', en: 'Customer keeps it' })
  await expectState(page, 'cancelled')
  await expect(page.getByTestId('open-coupon')).toHaveCount(0)

  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await new TillPage(page).expectConnection('online')
  expect((await standIn.control.ledger({})).effects).toEqual([])
  // The coupon is as good as before.
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
})

test('a coupon kept after it may have arrived is settled, and returned if it was redeemed', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await standIn.control.addFault({
    kind: 'delay-after-effect',
    ms: 15_000,
    match: { code: codeOf(1) },
  })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, { ...held, reason: 'no-answer-in-time' })
  await waitForScanEnd(page)
  await keyboard.press('Delete')
  await expectVerdict(page, kept)
  await expectWords(page, 'verdict-action', {
    'zh-CN': /万一已核销，会自动退还/,
    en: /If it was redeemed, it is returned by itself/,
  })
  await expect(openOf(page, 'releasing')).toBeVisible()
  await expect
    .poll(async () => (await standIn.control.ledger({})).effects.map(({ kind }) => kind))
    .toEqual(['use', 'return'])
  await expect(page.getByTestId('open-coupon')).toHaveCount(0)
  await expectState(page, 'returned')
})

test('how long a coupon is held is what the owner has set', async ({ standIn, till, keyboard }) => {
  const { page } = till
  await keyboard.press('F10')
  await page.getByTestId('tab-offline').click()
  const minutes = page.getByTestId('hold-minutes').getByRole('textbox')
  await minutes.focus()
  await waitForScanEnd(page)
  await keyboard.press('ctrl+a', '1')
  await page.getByTestId('save').click()
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-state', 'saved')
  await keyboard.press('Escape')
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await standIn.control.network({ network: 'cut' })
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, held)
  // The minute itself passes in test/unit/redemption/held-coupon.test.ts.
  const { open } = await counterOf(page)
  expect(open.map(({ heldUntil, redemption }) => (heldUntil ?? 0) - redemption.recordedAt)).toEqual(
    [expect.closeTo(60_000, -4)],
  )
})

test('after an outage the till lists coupons redeemed without a discount: one key gives it, one returns it', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await standIn.control.network({ network: 'cut' })
  for (const number of [1, 2]) {
    await keyboard.scan(codeOf(number))
    await expect(page.getByTestId('verdict')).toContainText(codeOf(number).slice(-4))
    await expectVerdict(page, held)
    // The customer does not wait.
    await keyboard.press('Escape')
    await waitForScanEnd(page)
  }
  await expect(openOf(page, 'held')).toHaveCount(2)
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await expect(openOf(page, 'not-given')).toHaveCount(2)
  await expectWords(page, 'open-coupon', {
    'zh-CN': /已核销，未给优惠.*后还给顾客.*现在给优惠.*退还给顾客/,
    en: /redeemed, not given.*goes back at.*Give it now.*Return/,
  })
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', 'idle')
  await keyboard.press('Insert')
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict')).toContainText(codeOf(1).slice(-4))
  await expectWords(page, 'verdict-title', { 'zh-CN': '给优惠 减 ¥20.00', en: 'Give ¥20.00 off' })
  await keyboard.press('Escape')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', 'idle')
  await keyboard.press('Delete')
  await expect(page.getByTestId('open-coupon')).toHaveCount(0)
  const { effects } = await standIn.control.ledger({})
  expect(effects.map(({ kind, code }) => [kind, code])).toEqual([
    ['use', codeOf(1)],
    ['use', codeOf(2)],
    ['return', codeOf(2)],
  ])
})

test('a coupon of a customer who comes back is the same redemption, and is given once', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, held)
  const before = (await counterOf(page)).shown?.verdict?.redemption?.useRequestNo
  await keyboard.press('Escape')
  await standIn.control.network({ network: 'up' })
  await waitOutDoubleScan(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  expect((await counterOf(page)).shown?.verdict?.redemption?.useRequestNo).toBe(before)
  await expect(page.getByTestId('open-coupon')).toHaveCount(0)
})

test('the end of the shift releases held coupons', async ({ standIn, till, keyboard }) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await page.evaluate(() => window.till.shift.open({}))
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, held)
  await keyboard.press('F7')
  await page.getByTestId('close-shift').click()
  await expect(page.getByTestId('still-held')).toContainText('1')
  // The coupon goes back to its customer, so that nobody is asked who takes it over.
  await expect(page.getByTestId('hand-to')).toHaveCount(0)
  await page.getByTestId('close-shift-now').click()
  await page.getByTestId('open-shift').waitFor()
  await keyboard.press('Escape')
  await expectState(page, 'cancelled')
  await expect(page.getByTestId('open-coupon')).toHaveCount(0)
  expect((await standIn.control.ledger({})).effects).toEqual([])
})

test('a shop that accepts no coupons offline sends nothing later, and returns what had arrived', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await changeShopSettings(page, ({ offline }) => ({ offline: { ...offline, mode: 'refuse' } }))
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  const refused = {
    tone: 'red',
    reason: 'offline-not-accepted',
    instruction: 'do-not-give',
  } as const
  // It arrived, and its reply was lost.
  await standIn.control.addFault({ kind: 'reset-after-effect', match: { code: codeOf(1) } })
  // Nothing more is settled while the words are read, however long that takes.
  await standIn.control.addFault({ kind: 'reset-before-effect', times: 1000 })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, refused)
  await expectWords(page, 'verdict-title', {
    'zh-CN': '断网，暂不收券',
    en: 'Offline: not accepted',
  })
  await expect(page.getByTestId('verdict')).not.toContainText(/已登记|Recorded/)
  await standIn.control.clearFaults({})
  await expect
    .poll(async () => (await standIn.control.ledger({})).effects.map(({ kind }) => kind))
    .toEqual(['use', 'return'])
  // It never arrived.
  await standIn.control.network({ network: 'cut' })
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(2))
  await expect(page.getByTestId('verdict')).toContainText(codeOf(2).slice(-4))
  await expectVerdict(page, refused)
  await expectState(page, 'cancelled')
})
