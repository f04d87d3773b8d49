import type { Page } from '@playwright/test'
import {
  batches,
  waitOutDoubleScan,
  codeOf,
  counterOf,
  issueCoupons,
  changeShopSettings,
  newBatch,
} from '../support/counter-steps.ts'
import { camera, smallWindow } from './camera.ts'
import { honourAnyway, type Scene } from './scene.ts'

/** Pictures the verdicts of coupons at the counter, in the big window and in the small one. */
export async function takeCounter(scene: Scene): Promise<void> {
  const { page, standIn, shoot } = scene
  await page.getByTestId('sample').first().waitFor()
  await changeShopSettings(page, () => ({ onlyStockId: batches.twentyOff }))
  await issueCoupons(
    standIn,
    batches.twentyOff,
    Array.from({ length: 20 }, (_, at) => codeOf(at + 1)),
  )
  await issueCoupons(standIn, batches.soyMilk, [codeOf(101), 'VIP0001'])
  await present(page, codeOf(1))
  await page.getByTestId('verdict-stock').waitFor()
  await takeOrders(scene)
  await takeOutage(scene)
  await takeSmall(scene)
  await changeShopSettings(page, () => ({
    merchantCodes: [
      { template: 'VIP####', stockId: batches.twentyOff },
      { template: 'VIP####', stockId: batches.soyMilk },
      { template: '######################', stockId: batches.soyMilk },
    ],
  }))
  await present(page, 'VIP0001')
  await page.getByTestId('choice-choose-stock').click()
  await page.getByTestId('stock-dialog').waitFor()
  await shoot('till-stocks')
  await scene.keyboard.press('Escape')
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-codes').click()
  await page.getByTestId('code-warning').first().waitFor()
  await shoot('settings-codes-overlap')
  await takeNothingLeft(scene)
}

async function takeNothingLeft({ page, standIn, shoot }: Scene): Promise<void> {
  const stockId = '1200000000000779'
  const fiftyOff = newBatch({
    stockId,
    name: '立减50元',
    discountFen: 5000,
    codeMode: 'MERCHANT_UPLOAD',
  })
  await issueCoupons(standIn, stockId, ['JIAN0001', 'JIAN0002'], [fiftyOff])
  await changeShopSettings(page, () => ({
    onlyStockId: null,
    merchantCodes: [{ template: 'JIAN####', stockId }],
  }))
  await page.getByTestId('go-till').click()
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await total(page, 3000)
  await present(page, 'JIAN0001')
  await present(page, 'JIAN0002')
  await shoot('till-nothing-left')
}

async function takeOrders({ page, keyboard, shoot }: Scene): Promise<void> {
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await total(page, 12_800)
  await present(page, codeOf(2))
  await present(page, codeOf(3))
  await shoot('till-second-coupon')
  await page.getByTestId('total').click()
  await page.getByTestId('total-dialog').waitFor()
  await shoot('till-total')
  await keyboard.press('Escape')
  await total(page, null)
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await total(page, 8000)
  await present(page, codeOf(4))
  await shoot('till-short')
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await present(page, codeOf(101))
  await page.evaluate(() =>
    window.till.counter.redeem({ payload: '6901234567892', source: 'scanned' }),
  )
  await shoot('till-exchange')
  await waitOutDoubleScan(page)
  await present(page, codeOf(101))
  await shoot('till-given-before')
  await page.evaluate(async () => {
    await window.till.counter.setInFront({ isInFront: false })
    await window.till.counter.setInFront({ isInFront: true })
  })
  await shoot('till-aged')
  await page.evaluate(() => window.till.counter.nextCustomer({}))
}

async function takeOutage({ page, standIn, shoot }: Scene): Promise<void> {
  await standIn.control.network({ network: 'cut' })
  await present(page, codeOf(5))
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-dialog').waitFor()
  await shoot('till-honour')
  await page.keyboard.press('Escape')
  await honourAnyway(page)
  await standIn.control.network({ network: 'up' })
  await page.evaluate(() => window.till.outbox.syncNow({}))
  await page.locator('[data-testid="verdict"][data-instruction="already-given"]').waitFor()
  await shoot('till-already-given')
  await standIn.control.network({ network: 'cut' })
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  for (const number of [6, 7]) {
    await present(page, codeOf(number))
    await page.evaluate(() => window.till.counter.nextCustomer({}))
  }
  await standIn.control.network({ network: 'up' })
  await page.evaluate(() => window.till.outbox.syncNow({}))
  await page.locator('[data-testid="open-coupon"][data-kind="not-given"]').nth(1).waitFor()
  await standIn.control.network({ network: 'cut' })
  await present(page, codeOf(8))
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await shoot('till-open')
  await page.waitForTimeout(15_000)
  await standIn.control.network({ network: 'up' })
  await page.evaluate(() => window.till.outbox.syncNow({}))
  await page.getByTestId('settled-notice').waitFor()
  await shoot('till-settled')
  await page.evaluate(() => window.till.outbox.settledRead({}))
  await standIn.control.network({ network: 'cut' })
  await present(page, codeOf(9))
  await page.getByTestId('choice-keep').click()
  await page.locator('[data-testid="verdict"][data-reason="kept-by-customer"]').waitFor()
  await shoot('till-kept')
  await standIn.control.network({ network: 'up' })
  await changeShopSettings(page, ({ offline }) => ({ offline: { ...offline, mode: 'refuse' } }))
  await standIn.control.network({ network: 'cut' })
  await present(page, codeOf(10))
  await shoot('till-offline-refused')
  await changeShopSettings(page, ({ offline }) => ({ offline: { ...offline, mode: 'hold' } }))
  await standIn.control.network({ network: 'up' })
  await standIn.control.addFault({
    kind: 'error',
    status: 401,
    code: 'SIGN_ERROR',
    message: '签名错误',
    times: 2,
  })
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await present(page, codeOf(11))
  await shoot('till-settings-fault')
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await standIn.control.clearFaults({})
}

async function takeSmall({ page, keyboard, standIn }: Scene): Promise<void> {
  const shoot = camera(page, smallWindow)
  await keyboard.press('F11')
  await page.getByTestId('compact').waitFor()
  await shoot('compact-idle')
  await total(page, 12_800)
  await present(page, codeOf(12))
  await shoot('compact-payable')
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await total(page, 8000)
  await present(page, codeOf(13))
  await shoot('compact-short')
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await standIn.control.network({ network: 'cut' })
  await present(page, codeOf(14))
  await shoot('compact-amber')
  await honourAnyway(page)
  await shoot('compact-honoured')
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await present(page, codeOf(15))
  await page.evaluate(() => window.till.counter.nextCustomer({}))
  await shoot('compact-open')
  await standIn.control.network({ network: 'up' })
  await keyboard.press('F11')
  await page.getByTestId('compact').waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1366, height: 768 })
}

/** Scans a code and waits for its verdict. */
async function present(page: Page, payload: string): Promise<void> {
  await page.evaluate(
    (code) => window.till.counter.redeem({ payload: code, source: 'scanned' }),
    payload,
  )
  const { shown } = await counterOf(page)
  await page
    .locator(`[data-testid="verdict"][data-reason="${shown?.verdict?.reason ?? ''}"]`)
    .waitFor()
}

async function total(page: Page, totalFen: number | null): Promise<void> {
  await page.evaluate((next) => window.till.counter.setTotal({ totalFen: next }), totalFen)
}
