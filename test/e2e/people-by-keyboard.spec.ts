import type { Page } from '@playwright/test'
import type { XKeyboard } from '../support/x-keyboard.ts'
import { expectWords } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { hire } from './staff-steps.ts'

const staff = [
  { name: '王芳', role: 'owner', pin: '2580' },
  { name: '李强', role: 'supervisor', pin: '1397' },
  { name: '小陈', role: 'cashier', pin: '8246' },
] as const

function chosen(page: Page) {
  return page.locator('[data-testid="person-tile"][data-selected]')
}

/** The cashier's keys on the lock screen of a till where the owner, who is the first in the list, signed in last. */
async function hireAndSignInCashier(page: Page, keyboard: XKeyboard): Promise<void> {
  await hire(page, staff)
  await keyboard.press('Down', 'Down', ...Array.from('8246'), 'Return')
  await expect(page.getByTestId('person')).toContainText('小陈')
}

test('people sign in by keyboard alone, and who signed in last with the PIN and Enter', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, staff)
  // Whoever signed in last is chosen; another person is an arrow away.
  await expect(chosen(page)).toContainText('王芳')
  await keyboard.press('Down', 'Down')
  await expect(chosen(page)).toContainText('小陈')
  await keyboard.press(...Array.from('8246'), 'Return')
  await expect(page.getByTestId('person')).toContainText('小陈')

  await keyboard.press('ctrl+l')
  await expect(chosen(page)).toContainText('小陈')
  const keys = [...Array.from('8246'), 'Return']
  expect(keys).toHaveLength(5)
  await keyboard.press(...keys)
  await expect(page.getByTestId('person')).toContainText('小陈')
})

test('a cashier changes their own PIN, and what needs a supervisor is not asked on another page', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  await hireAndSignInCashier(page, keyboard)
  await keyboard.press('F9')
  await page.getByTestId('approval').waitFor()
  await keyboard.press('F10')
  await expect(page.getByTestId('approval')).toHaveCount(0)
  await page.getByTestId('tab-ownPin').click()
  await keyboard.press('Tab', ...Array.from('8246'), 'Tab', ...Array.from('3691'))
  await keyboard.press('Tab', ...Array.from('3691'), 'Return')
  await expect(page.getByTestId('own-pin-said')).toHaveAttribute('data-said', 'changed')
  await keyboard.press('ctrl+l')
  await page.getByTestId('lock').waitFor()
  await keyboard.press(...Array.from('3691'), 'Return')
  await expect(page.getByTestId('person')).toContainText('小陈')
})

test('with nobody chosen yet, every person can be reached by keyboard', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, staff)
  await page.reload()
  await page.getByTestId('lock').waitFor()
  await expect(chosen(page)).toHaveCount(0)
  await keyboard.press('Tab', 'space')
  await expect(chosen(page)).toContainText('王芳')
  await keyboard.press('Up')
  await expect(chosen(page)).toContainText('小陈')
  await keyboard.press(...Array.from('8246'), 'Return')
  await expect(page.getByTestId('person')).toContainText('小陈')
})

test("an approval asks who approves, so that no PIN is tried under another's name, and remembers it", async ({
  till,
  keyboard,
}) => {
  const { page } = till
  await hireAndSignInCashier(page, keyboard)
  await page.getByTestId('training-network').click()
  await page.getByTestId('approval').waitFor()
  await expect(chosen(page)).toHaveCount(0)
  await expect(page.getByRole('textbox', { name: /PIN|密码/ })).toHaveCount(0)
  await keyboard.press('Down', 'Down')
  await expect(chosen(page)).toContainText('李强')
  await keyboard.press(...Array.from('1397'), 'Return')
  await expect(page.getByTestId('approval')).toHaveCount(0)
  await page.getByTestId('training-network').click()
  await expect(chosen(page)).toContainText('李强')
  await page.getByTestId('approval-cancel').click()
  await expect(page.getByTestId('approval')).toHaveCount(0)
})

test('totals, codes and PINs can be typed on the screen', async ({ till, keyboard }) => {
  const { page } = till
  await keyboard.press('ctrl+t')
  const pad = page.getByTestId('keypad')
  for (const key of ['1', '2', '8', '.', '5'])
    await pad.getByRole('button', { name: key, exact: true }).click()
  await expect(page.getByRole('textbox')).toHaveText('128.5')
  await keyboard.press('Return')
  await expect(page.getByTestId('total-dialog')).toHaveCount(0)
  // What is typed next replaces the old figure, on either of the two.
  await keyboard.press('ctrl+t', '3', '5')
  await expect(page.getByRole('textbox')).toHaveText('35')
  await keyboard.press('Escape', 'ctrl+t')
  await expect(page.getByRole('textbox')).toHaveText('128.5')
  await pad.getByRole('button', { name: '4', exact: true }).click()
  await expect(page.getByRole('textbox')).toHaveText('4')
  await keyboard.press('Escape', 'F2')
  await pad.getByRole('button', { name: '7', exact: true }).click()
  await expect(page.getByRole('textbox')).toHaveText('7')
})

test('F3 finds a coupon without a mouse: the search has the focus, and what is found alone opens', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const samples = await standIn.control.samples({})
  const { code = '' } = samples.find(({ kind }) => kind === 'valid') ?? {}
  await keyboard.scan(code)
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-tone', 'green')
  await keyboard.press('F3')
  await expect(page.getByRole('textbox')).toBeFocused()
  await keyboard.type(code.slice(-4))
  await expect(page.getByTestId('history-detail')).toContainText(code.slice(-4))
})

test('a cashier alone can practise what needs a supervisor, with the practice supervisor', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  await hireAndSignInCashier(page, keyboard)
  // Keys that are not theirs say whose they are.
  for (const key of ['F12', 'F4']) {
    await keyboard.press(key)
    await expect(page.getByTestId('refused-key')).toHaveAttribute('data-key', key)
    await expect(page.getByTestId('refused-key')).toContainText(/Supervisor or Owner|店长或店主/)
  }
  await keyboard.press('Escape')
  await expect(page.getByTestId('refused-key')).toHaveCount(0)
  await keyboard.press('F9')
  await expectWords(page, 'practice-pin', {
    'zh-CN': '培训时可以选“练习店长”，密码 2468',
    en: 'In training you can choose the practice supervisor, PIN 2468',
  })
  await keyboard.press('Down', 'Down', 'Down')
  await expect(chosen(page)).toContainText('practice supervisor')
  await keyboard.press(...Array.from('2468'), 'Return')
  await expect(page.getByTestId('approval')).toHaveCount(0)
  await expect
    .poll(() => page.evaluate(() => window.till.app.snapshot({})))
    .toMatchObject({ value: { training: { network: 'cut' } } })
})
