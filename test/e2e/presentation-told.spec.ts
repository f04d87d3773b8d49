import {
  batches,
  waitOutDoubleScan,
  codeOf,
  counterOf,
  expectVerdict,
  expectWords,
  issueCoupons,
  recordTones,
  waitForScanEnd,
  changeShopSettings,
  tellingsOf,
  given,
  held,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { TillPage } from './till-page.ts'

const honoured = { ...held, instruction: 'give' } as const

test('"give" is told once for a redemption, however often the coupon is presented in an outage', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await changeShopSettings(page, ({ offline }) => ({
    offline: { ...offline, mode: 'honour' },
    onlyStockId: batches.twentyOff,
  }))
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict-stock')).not.toBeEmpty()
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, honoured)
  await expectWords(page, 'verdict-title', {
    'zh-CN': '给优惠 减 ¥20.00',
    en: 'Give ¥20.00 off',
  })
  for (let time = 0; time < 2; time += 1) {
    await waitOutDoubleScan(page)
    await keyboard.scan(codeOf(2))
    await expectVerdict(page, {
      tone: 'red',
      reason: 'honoured-here-before',
      instruction: 'do-not-give',
    })
  }
  await expectWords(page, 'verdict-title', {
    'zh-CN': '已经给过优惠',
    en: 'Discount already given',
  })
  await expectWords(page, 'verdict-order', {
    'zh-CN': '不要再给一次',
    en: 'Do not give it twice',
  })
  await expectWords(page, 'verdict-given', {
    'zh-CN': /^\d+ 秒前给过优惠 · 减 ¥20\.00$/,
    en: /^Given \d+ s ago · ¥20\.00 off$/,
  })
  const told = await tellingsOf(page)
  expect(told.map(({ instruction }) => instruction)).toEqual(['give', 'do-not-give', 'do-not-give'])

  // This presentation keeps its verdict, whatever becomes of the redemption.
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await new TillPage(page).expectWaiting(0)
  await expect(page.getByTestId('recent-row').first()).toHaveAttribute('data-state', 'redeemed')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-reason', 'honoured-here-before')
  const { effects } = await standIn.control.ledger({})
  expect(effects.map(({ code }) => code)).toEqual([codeOf(1), codeOf(2)])
})

test('a second read within three seconds is the same presentation, and a later one shows when it was given', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1)])
  await keyboard.scan(codeOf(1))
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  const { shown } = await counterOf(page)
  expect((await tellingsOf(page)).map(({ instruction }) => instruction)).toContain('give')
  await waitOutDoubleScan(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, {
    tone: 'red',
    reason: 'redeemed-here-before',
    instruction: 'do-not-give',
  })
  expect((await counterOf(page)).shown?.presentationNo).not.toBe(shown?.presentationNo)
  await expectWords(page, 'verdict-title', {
    'zh-CN': '本机已核销过',
    en: 'Already redeemed here',
  })
  await expectWords(page, 'verdict-given', {
    'zh-CN': /秒前给过优惠/,
    en: /^Given \d+ s ago/,
  })
})

test('settling another coupon turns a panel neither green nor red', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(3)])
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, held)
  await keyboard.press('Escape')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', 'idle')
  await page.evaluate(() => window.till.outbox.setPaused({ paused: true }))
  await standIn.control.network({ network: 'up' })
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(9))
  const refused = { tone: 'red', reason: 'coupon-unknown', instruction: 'do-not-give' } as const
  await expectVerdict(page, refused)
  const heard = await recordTones(page)
  await page.evaluate(() => window.till.outbox.setPaused({ paused: false }))
  await keyboard.press('F8')
  await expect(page.locator('[data-testid="open-coupon"][data-kind="not-given"]')).toBeVisible()
  await expectVerdict(page, refused)
  await expect(page.getByTestId('verdict')).toContainText(codeOf(9).slice(-4))
  // A change that nobody asked for makes a sound.
  await heard.expect(1047, 698)
})

test('a restart shows what was told, and does not tell it again', async ({
  standIn,
  launch,
  keyboard,
}) => {
  const first = await launch()
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await keyboard.scan(codeOf(1))
  await expectVerdict(first.page, given)
  const told = (await counterOf(first.page)).shown
  await first.kill()
  const second = await launch()
  const { page } = second
  const shown = page.getByTestId('verdict')
  await expect(shown).toHaveAttribute('data-reason', 'redeemed')
  await expect(shown).toContainText(codeOf(1).slice(-4))
  const again = (await counterOf(page)).shown
  expect({ ...again, isAged: null }).toEqual({ ...told, isAged: null })
  await waitOutDoubleScan(page)
  await keyboard.scan(codeOf(1))
  await expectVerdict(page, {
    tone: 'red',
    reason: 'redeemed-here-before',
    instruction: 'do-not-give',
  })

  // A held coupon stays held, with the cashier's choices.
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, held)
  await second.kill()
  const third = await launch()
  await expect(third.page.getByTestId('verdict')).toHaveAttribute('data-instruction', 'not-yet')
  for (const choice of ['wait', 'keep', 'honour'])
    await expect(third.page.getByTestId(`choice-${choice}`)).toBeVisible()
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await expectVerdict(third.page, given)
})
