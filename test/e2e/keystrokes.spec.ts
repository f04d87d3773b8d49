import type { Page } from '@playwright/test'
import {
  batches,
  codeOf,
  counterOf,
  expectVerdict,
  issueCoupons,
  waitForScanEnd,
  given,
  held,
} from '../support/counter-steps.ts'
import { restInPage } from '../support/rest-in-page.ts'
import type { XKeyboard } from '../support/x-keyboard.ts'
import { expect, test } from '../support/training-test.ts'
import { hire, signIn } from './staff-steps.ts'

/*
 * What the daily tasks cost: each is done by keyboard alone and by touch alone, and its keys or touches are counted. A
 * scan is none of them.
 */

const supervisorsPin = '1397'
const staff = [
  { name: '王芳', role: 'owner', pin: '2580' },
  { name: '李强', role: 'supervisor', pin: supervisorsPin },
  { name: '小陈', role: 'cashier', pin: '8246' },
] as const

/** Presses keys or touches buttons, and counts them. */
interface Hand {
  readonly count: number
  keys(...keys: readonly string[]): Promise<void>
  touch(...targets: readonly ReturnType<Page['locator']>[]): Promise<void>
  /** Touches these keys of the pad on the screen. */
  pad(keys: string): Promise<void>
}

function handOf(page: Page, keyboard: XKeyboard): Hand {
  let count = 0
  return {
    get count() {
      return count
    },
    async keys(...keys) {
      count += keys.length
      await keyboard.press(...keys)
    },
    async touch(...targets) {
      for (const target of targets) {
        count += 1
        await touch(page, target)
      }
    },
    async pad(keys) {
      for (const key of keys)
        await this.touch(page.getByTestId('keypad').getByRole('button', { name: key, exact: true }))
    },
  }
}

/** A finger on the middle of a control, once it lies there uncovered and enabled, as it is for a click. */
async function touch(page: Page, target: ReturnType<Page['locator']>): Promise<void> {
  await target.click({ trial: true })
  const box = await target.boundingBox()
  if (box === null) throw new Error('the control has gone')
  const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }]
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints })
  await devTools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  await devTools.detach()
}

const agree = (page: Page) => page.getByRole('button', { name: /^(Agree|同意)$/ })

const dialogOf = (page: Page) => page.getByTestId('reason-dialog')

async function totalOf(page: Page): Promise<number | null> {
  return (await counterOf(page)).order?.totalFen ?? null
}

test('the total of an order: 6 keys, 7 touches', async ({ till, keyboard }) => {
  const { page } = till
  await waitForScanEnd(page)
  const byKeys = handOf(page, keyboard)
  await byKeys.keys('1', '2', '8', 'period', '5', 'Return')
  await expect.poll(() => totalOf(page)).toBe(12_850)
  expect(byKeys.count).toBe(6)

  await keyboard.press('Escape')
  await expect.poll(() => totalOf(page)).toBeNull()
  const byTouch = handOf(page, keyboard)
  await byTouch.touch(page.getByTestId('total'))
  await byTouch.pad('128.5')
  await byTouch.touch(page.getByTestId('total-set'))
  await expect.poll(() => totalOf(page)).toBe(12_850)
  expect(byTouch.count).toBe(7)
})

test('signing in: 5 keys, 5 touches for who signed in last', async ({ till, keyboard }) => {
  const { page } = till
  await hire(page, staff)
  await signIn(page, '小陈', '8246')
  for (const way of ['keys', 'touch'] as const) {
    await page.evaluate(() => window.till.session.signOut({}))
    await page.getByTestId('lock').waitFor()
    await waitForScanEnd(page)
    const hand = handOf(page, keyboard)
    if (way === 'keys') await hand.keys(...Array.from('8246'), 'Return')
    else {
      await hand.pad('8246')
      await hand.touch(page.getByTestId('lock').getByRole('button', { name: /^(Sign in|登录)$/ }))
    }
    await expect(page.getByTestId('person')).toContainText('小陈')
    expect(hand.count).toBe(5)
  }
})

test('a supervisor honours a coupon at a cashier’s till: 6 keys, 6 touches', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, staff)
  await signIn(page, '小陈', '8246')
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3].map(codeOf))
  await standIn.control.network({ network: 'cut' })
  const present = async (number: number) => {
    await keyboard.scan(codeOf(number))
    await expect(page.getByTestId('verdict')).toContainText(codeOf(number).slice(-4))
    await expectVerdict(page, held)
    await waitForScanEnd(page)
  }
  // Who approves is chosen once; from then on they are chosen already.
  await present(1)
  await keyboard.press('Insert')
  await dialogOf(page).waitFor()
  await keyboard.press('Down', 'Down', ...Array.from(supervisorsPin), 'Return')
  await expectVerdict(page, { ...held, instruction: 'give' })

  await present(2)
  const byKeys = handOf(page, keyboard)
  await byKeys.keys('Insert')
  await dialogOf(page).waitFor()
  await byKeys.keys(...Array.from(supervisorsPin), 'Return')
  await expectVerdict(page, { ...held, instruction: 'give' })
  expect(byKeys.count).toBe(6)

  await present(3)
  const byTouch = handOf(page, keyboard)
  await byTouch.touch(page.getByTestId('choice-honour'))
  await byTouch.pad(supervisorsPin)
  await byTouch.touch(agree(page))
  await expectVerdict(page, { ...held, instruction: 'give' })
  expect(byTouch.count).toBe(6)
})

test('giving a coupon back: 7 keys, 7 touches', async ({ standIn, till, keyboard }) => {
  const { page } = till
  await hire(page, staff)
  await signIn(page, '小陈', '8246')
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3].map(codeOf))
  for (const number of [1, 2, 3]) {
    await keyboard.scan(codeOf(number))
    await expect(page.getByTestId('verdict')).toContainText(codeOf(number).slice(-4))
    await expectVerdict(page, given)
    await waitForScanEnd(page)
  }
  const scanInHistory = async (number: number) => {
    await page.getByTestId('history').waitFor()
    await keyboard.scan(codeOf(number))
    await expect(page.getByTestId('history-detail')).toContainText(codeOf(number).slice(-4))
    await expect(page.getByTestId('return-coupon')).toBeVisible()
    await waitForScanEnd(page)
  }
  const expectReturned = (number: number) =>
    expect
      .poll(async () => (await standIn.control.coupon({ code: codeOf(number) }))?.state)
      .toBe('SENDED')
  await keyboard.press('F3')
  await scanInHistory(1)
  await keyboard.press('Delete')
  await dialogOf(page).waitFor()
  await keyboard.press('Down', 'Down', ...Array.from(supervisorsPin), 'Return')
  await expectReturned(1)

  await keyboard.press('Escape')
  const byKeys = handOf(page, keyboard)
  await byKeys.keys('F3')
  await scanInHistory(2)
  await byKeys.keys('Delete')
  await dialogOf(page).waitFor()
  await byKeys.keys(...Array.from(supervisorsPin), 'Return')
  await expectReturned(2)
  expect(byKeys.count).toBe(7)

  await keyboard.press('Escape')
  const byTouch = handOf(page, keyboard)
  await byTouch.touch(page.getByTestId('go-history'))
  await scanInHistory(3)
  await byTouch.touch(page.getByTestId('return-coupon'))
  await byTouch.pad(supervisorsPin)
  await byTouch.touch(agree(page))
  await expectReturned(3)
  expect(byTouch.count).toBe(7)
})

test('closing a shift with nothing open: 3 keys, 3 touches', async ({ till, keyboard }) => {
  const { page } = till
  for (const way of ['keys', 'touch'] as const) {
    await keyboard.press('F7')
    await page.getByTestId('open-shift').waitFor()
    await keyboard.press('Return')
    await page.getByTestId('close-shift').waitFor()
    await keyboard.press('Escape')
    await expect(page.getByTestId('shift-desk')).toHaveCount(0)
    const hand = handOf(page, keyboard)
    if (way === 'keys') {
      await hand.keys('F7')
      await page.getByTestId('close-shift').waitFor()
      await hand.keys('Return')
      await page.getByTestId('close-shift-dialog').waitFor()
      // Somebody reads it: an Enter right after an Enter counts as one.
      await restInPage(page, 600)
      await hand.keys('Return')
    } else
      await hand.touch(
        page.getByTestId('go-shift'),
        page.getByTestId('close-shift'),
        page.getByTestId('close-shift-now'),
      )
    await expect(page.getByTestId('open-shift')).toBeVisible()
    expect(hand.count).toBe(3)
    await keyboard.press('Escape')
  }
})
