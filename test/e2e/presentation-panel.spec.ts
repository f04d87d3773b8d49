import {
  batches,
  waitOutDoubleScan,
  codeOf,
  expectVerdict,
  expectWords,
  inBothLanguages,
  issueCoupons,
  recordTones,
  waitForScanEnd,
  changeShopSettings,
  given,
  held,
} from '../support/counter-steps.ts'
import { expect, test } from '../support/pos-test.ts'

test('give, not yet, do not give and already given are told apart by icon, title and sound', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  const heard = await recordTones(page)
  const panel = page.getByTestId('verdict')
  const icon = () => panel.locator('svg').first().innerHTML()
  const read = 1320
  const icons: string[] = []

  await keyboard.scan(codeOf(1))
  await expectVerdict(page, given)
  await heard.expect(read, 784, 1175)
  icons.push(await icon())

  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, held)
  await heard.expect(read, 659, 659, 659)
  icons.push(await icon())
  await expectWords(page, 'verdict-title', { 'zh-CN': '先别给优惠', en: 'Do not give it yet' })
  await inBothLanguages(page, async (language) => {
    const words =
      language === 'en'
        ? [/Customer waits/, /[Kk]eeps/, /Supervisor/]
        : [/顾客等一等/, /券留给顾客/, /店长同意/]
    for (const [at, choice] of ['wait', 'keep', 'honour'].entries())
      await expect(page.getByTestId(`choice-${choice}`)).toHaveText(words[at] ?? '')
  })

  // A supervisor honours it: the discount is given without a reply, and a later reply does not change that.
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-suggestion').first().click()
  await heard.skip()
  await page.getByTestId('reason-submit').click()
  await expectVerdict(page, { ...held, instruction: 'give' })
  await heard.expect(784, 1175)
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F8')
  await expectVerdict(page, { ...given, instruction: 'already-given' })
  await heard.expect(523)
  icons.push(await icon())
  await expectWords(page, 'verdict-title', { 'zh-CN': '优惠已给过', en: 'Already given' })

  await waitOutDoubleScan(page)
  await keyboard.scan(codeOf(9))
  await expectVerdict(page, { tone: 'red', reason: 'coupon-unknown', instruction: 'do-not-give' })
  await heard.expect(read, 330, 196)
  icons.push(await icon())
  await expectWords(page, 'verdict-order', {
    'zh-CN': '不要给优惠',
    en: 'Do not give the discount',
  })
  expect(new Set(icons).size).toBe(4)
})

test('a verdict ages when the person was looking elsewhere', async ({
  standIn,
  till,
  keyboard,
  openPos,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3].map(codeOf))
  const panel = page.getByTestId('verdict')
  const expectAged = async (number: number) => {
    await expect(panel).toHaveAttribute('data-aged', 'true')
    await expect(panel).toHaveAttribute('data-tone', 'idle')
    const tail = codeOf(number).slice(-4)
    await expectWords(page, 'verdict-last', {
      'zh-CN': new RegExp(`^上一张：${tail}，(刚才|\\d+ 分钟前) · 已给优惠，减 ¥20\\.00$`),
      en: new RegExp(`^Last one: ${tail}, (just now|\\d+ min ago) · gave ¥20\\.00 off$`),
    })
    await expectWords(page, 'verdict-title', {
      'zh-CN': '请扫描顾客的优惠券',
      en: "Scan the customer's coupon",
    })
  }
  // Another window was in front.
  await keyboard.scan(codeOf(2))
  await expectVerdict(page, given)
  await expect(panel).toHaveAttribute('data-aged', 'false')
  const pos = await openPos()
  await expect.poll(() => keyboard.activeProcess()).toBe(pos.processId)
  await expectAged(2)
  await keyboard.focus(till.processId)
  await waitForScanEnd(page)

  // A scan went to another screen.
  await keyboard.scan(codeOf(3))
  await expectVerdict(page, given)
  await keyboard.press('F3')
  await page.getByTestId('history').waitFor()
  // The coupon that was on the screen is open.
  await expect(page.getByTestId('history-detail')).toContainText(codeOf(3).slice(-4))
  await expect(page.getByTestId('discount-given').first()).toBeVisible()
  await waitForScanEnd(page)
  await keyboard.scan(codeOf(2))
  await expect(page.getByTestId('history-row')).toHaveCount(1)
  await keyboard.press('Escape')
  await expectAged(3)
})

test("further lines of one scan do not hide the coupon's verdict", async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3, 4].map(codeOf))
  // The same code twice is one presentation, and says so.
  await keyboard.scan(`${codeOf(1)}\n${codeOf(1)}`)
  await expectVerdict(page, given)
  await expectWords(page, 'verdict-reads', {
    'zh-CN': '同一张券扫了 2 次，只算一次',
    en: 'Read 2 times: it counts once',
  })
  await expect(page.getByTestId('order-coupon')).toHaveCount(0)
  // Who listens hears what the coupon is with its verdict.
  await expect(page.locator('output[aria-live]').getByTestId('verdict-heard')).toHaveText(
    /, ¥20 off from ¥100$/,
  )
  // A second code after the coupon.
  await keyboard.scan(`${codeOf(4)}\n6901234567892`)
  await expectVerdict(page, given)
  await expectWords(page, 'verdict-aside', {
    'zh-CN': '同时扫到：这是商品条码',
    en: 'Also scanned: A product barcode',
  })
  // A prefix line before it.
  await keyboard.scan(`WX-COUPON\n${codeOf(2)}`)
  await expect(page.getByTestId('verdict')).toContainText(codeOf(2).slice(-4))
  await expectVerdict(page, given)
  // A symbol with line breaks.
  await keyboard.scan(`${codeOf(3)}\nhttps://example.cn/c\n2026-12-31`)
  await expect(page.getByTestId('verdict')).toContainText(codeOf(3).slice(-4))
  await expectVerdict(page, given)
  await expect(page.getByTestId('verdict-aside')).toBeVisible()
  // A second later the same code stands for itself.
  await waitForScanEnd(page)
  await keyboard.scan('6901234567892')
  await expectVerdict(page, { tone: 'red', reason: 'product-barcode', instruction: 'do-not-give' })
})

test('a code that fits two batches asks which one it is, and remembers', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await changeShopSettings(page, () => ({
    merchantCodes: [
      { template: 'VIP####', stockId: batches.twentyOff },
      { template: 'VIP####', stockId: batches.soyMilk },
    ],
  }))
  await issueCoupons(standIn, batches.soyMilk, ['VIP0001', 'VIP0002'])
  await keyboard.scan('VIP0001')
  await expectVerdict(page, { tone: 'amber', reason: 'stock-not-chosen', instruction: 'not-yet' })
  await waitForScanEnd(page)
  await keyboard.press('Home')
  await expect(page.getByTestId('stock-choice')).toHaveCount(2)
  await expect(page.getByTestId('stock-choice').nth(1)).toContainText('1元换购热豆浆')
  await keyboard.type('2')
  await expectVerdict(page, given)
  await waitForScanEnd(page)
  await keyboard.scan('VIP0002')
  await expect(page.getByTestId('verdict')).toContainText('0002')
  await expectVerdict(page, given)
})
