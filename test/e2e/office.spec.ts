import { expect, type Page, test } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { type OfficeApp, openOfficeApp } from '../support/office-app.ts'
import { expectAccessible } from './expect-accessible.ts'

const ownerPin = '270318'
const viewerPin = '593716'

test.describe.configure({ mode: 'serial' })

let office: OfficeApp
let page: Page

/** What a page of the head office has to be shown by: not by its text, which is in two languages. */
const screens = ['overview', 'list', 'doubles', 'outages', 'health', 'alerts'] as const
const keys = {
  overview: 'F2',
  list: 'F3',
  doubles: 'F4',
  outages: 'F5',
  health: 'F7',
  alerts: 'F8',
}

test.beforeAll(async () => {
  test.setTimeout(180_000)
  office = await openOfficeApp('not-attached')
  page = office.page
})

test.afterAll(async () => {
  await office.close()
  office.dispose()
})

async function typePin(pin: string): Promise<void> {
  await page.keyboard.type(pin)
  await page.keyboard.press('Enter')
}

async function signIn(name: string, pin: string): Promise<void> {
  await page.getByTestId('person-tile').filter({ hasText: name }).click()
  await typePin(pin)
  await page.getByTestId('office').waitFor()
}

test('the first start asks for an owner, and then for a hub', async () => {
  await expectAccessible(office, 'begin')
  await page.getByTestId('begin-name').fill('陈姐')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1234')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1234')
  await page.getByTestId('begin-submit').click()
  await expect(page.getByTestId('begin-fault')).toBeVisible()
  const [first, again] = await page
    .getByRole('textbox')
    .all()
    .then((all) => all.slice(-2))
  for (const field of [first, again]) {
    await field?.click()
    await page.keyboard.press('Control+A')
    await page.keyboard.type(ownerPin)
  }
  await page.getByTestId('begin-submit').click()
  await page.getByTestId('attach').waitFor()
  await expectAccessible(office, 'attach')
})

test('a file that is none is refused in words; the right one connects', async () => {
  await office.electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/tmp/holiday.jpg'] })
  })
  await page.getByTestId('attach-choose').click()
  await expect(page.getByTestId('attach-fault')).toBeVisible()
  await office.electron.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/tmp/a.hexiao-office'] })
  })
  await page.getByTestId('attach-choose').click()
  await expect(page.getByTestId('attach-offer')).toContainText('hub.example.com:7650')
  await page.getByTestId('attach-address').fill('nowhere:1')
  await page.getByTestId('attach-submit').click()
  await expect(page.getByTestId('attach-fault')).toBeVisible()
  await page.getByTestId('attach-address').fill('')
  await page.getByTestId('attach-submit').click()
  await expect(page.getByTestId('overview')).toBeVisible()
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'connected')
})

test('every screen opens by its key, and is accessible in both languages', async () => {
  // The checker looks at each of a list's hundred rows.
  test.setTimeout(240_000)
  office.scene('well')
  for (const name of screens) {
    await page.keyboard.press(keys[name])
    await page.getByTestId(`screen-${name}`).waitFor()
    await expect(page.getByTestId(name)).toBeVisible()
    await expectAccessible(office, name)
  }
})

test('every tab of the settings is accessible in both languages', async () => {
  test.setTimeout(240_000)
  await page.keyboard.press('F10')
  for (const tab of ['rules', 'webhook', 'people', 'hub', 'appearance', 'ownPin']) {
    await page.getByTestId(`tab-${tab}`).click()
    await page.getByTestId(`panel-${tab}`).waitFor()
    await expectAccessible(office, tab)
  }
})

test('from the chain to a shop, to its hour, to one coupon, by keyboard alone', async () => {
  await page.keyboard.press('F2')
  await page.getByTestId('by-shop').getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('by-shop').locator('tbody tr')).toHaveCount(1)
  await page.getByTestId('by-hour').getByRole('button').first().focus()
  // The second of two quick presses of Enter is not meant: the key between them is a decision.
  await page.keyboard.press('Shift')
  await page.keyboard.press('Space')
  await expect(page.getByTestId('all-hours')).toBeVisible()
  const rows = page.getByTestId('redemption')
  await expect(rows.first()).toBeVisible()
  const shops = new Set(await rows.locator('td:nth-child(2)').allTextContents())
  expect(shops.size).toBe(1)
  await rows.first().getByRole('button').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('life').getByTestId('life-step').first()).toBeVisible()
  await expectAccessible(office, 'life')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('life')).toHaveCount(0)
  await page.getByTestId('all-hours').click()
})

test('a coupon whose discount was given in two shops is shown with both', async () => {
  await page.keyboard.press('F4')
  await page.getByTestId('doubles').waitFor()
  // What is looked at stays from screen to screen: all shops again, and a week.
  await page.keyboard.press('F2')
  await page
    .getByTestId('filters')
    .getByText(/^7 (days|天)$/)
    .click()
  await page
    .getByTestId('filters')
    .getByRole('button', { name: /门店|Shop/ })
    .click()
  await page.getByRole('option').first().click()
  await page.keyboard.press('F4')
  await expect(page.getByTestId('double').getByTestId('redemption')).toHaveCount(2)
  await expectAccessible(office, 'doubles')
  await page.keyboard.press('F3')
})

test('what is exported has what the screen shows, and how fresh it is', async () => {
  const target = test.info().outputPath('office.csv')
  await office.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, target)
  await page.getByTestId('export').click()
  await expect(page.getByTestId('exported')).toContainText(target)
  const text = readFileSync(target, 'utf8')
  expect(text).toContain('HX20261127')
  expect(text.startsWith('\uFEFF')).toBe(true)
})

test('health puts first what cannot wait', async () => {
  await page.keyboard.press('F7')
  const first = page.getByTestId('member').first()
  await expect(first.locator('[data-problem="audit-broken"]')).toBeVisible()
  const urgent = await page
    .getByTestId('member')
    .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-urgent')))
  expect(urgent.lastIndexOf('true')).toBeLessThan(urgent.indexOf('false'))
})

test('an alert is taken on, and the badge counts those that are open', async () => {
  await page.keyboard.press('F8')
  await expect(page.getByTestId('alert-badge')).toHaveText('3')
  await page.getByTestId('see').first().click()
  await expect(page.getByTestId('alert').first()).toContainText('陈姐')
})

test('without the hub the window says since when, and shows what there was', async () => {
  await page.keyboard.press('F2')
  office.scene('unreachable')
  await expect(page.getByTestId('hub-banner')).toHaveAttribute('data-state', 'unreachable')
  await expect(page.getByTestId('by-shop')).toBeVisible()
  await expectAccessible(office, 'unreachable')
  office.scene('well')
  await expect(page.getByTestId('hub-banner')).toHaveCount(0)
})

test('an empty chain and a copy that cannot be read are told from each other', async () => {
  office.scene('empty')
  await page.keyboard.press('F7')
  await page.keyboard.press('F2')
  await expect(page.getByTestId('overview')).toContainText(/Nothing was redeemed|没有核销记录/)
  await expectAccessible(office, 'empty')
  office.scene('failing')
  await page.keyboard.press('F7')
  await page.keyboard.press('F2')
  await expect(page.getByTestId('failed')).toBeVisible()
  await expectAccessible(office, 'failing')
  office.scene('well')
  await page.getByTestId('failed').getByRole('button').click()
  await expect(page.getByTestId('by-shop')).toBeVisible()
})

test('rules and webhook are saved, and what is wrong is said', async () => {
  await page.keyboard.press('F10')
  await page.getByTestId('tab-rules').click()
  const limit = page.getByTestId('rule-losses').getByRole('textbox').first()
  await limit.fill('x')
  await page.getByTestId('rules-save').click()
  await expect(page.getByTestId('rules-fault')).toBeVisible()
  await limit.fill('800')
  await page.getByTestId('rules-save').click()
  await expect(page.getByTestId('panel-rules').getByRole('status')).toBeVisible()
  await page.getByTestId('tab-webhook').click()
  await page.getByTestId('webhook-address').fill('http://example.com/')
  await page.getByTestId('webhook-save').click()
  await expect(page.getByTestId('webhook-fault')).toBeVisible()
  await page.getByTestId('webhook-address').fill('https://example.com/hook')
  await page.getByTestId('webhook-save').click()
  await page.getByTestId('webhook-test').click()
  await expect(page.getByTestId('webhook-tested')).toContainText('204')
  await page.getByTestId('tab-rules').click()
  await expect(page.getByTestId('rule-losses').getByRole('textbox').first()).toHaveValue('800')
})

test('a viewer sees sums and no single coupon, and the main process refuses what the page hides', async () => {
  await page.getByTestId('tab-people').click()
  await page.getByTestId('person-add').click()
  await expectAccessible(office, 'person form')
  await page.getByTestId('person-name').fill('阿芳')
  await page.getByTestId('person-form').getByTestId('new-pin-shown').check()
  await page.getByTestId('person-form').locator('[role=textbox]').first().click()
  await page.keyboard.type(viewerPin)
  await page.getByTestId('person-save').click()
  await expect(page.getByTestId('person')).toHaveCount(2)
  await page.keyboard.press('Control+L')
  await page.getByTestId('entry').waitFor()
  await expectAccessible(office, 'entry')
  await page.getByTestId('person-tile').filter({ hasText: '阿芳' }).click()
  await typePin('0000000')
  await expect(page.getByTestId('pin-fault')).not.toHaveText('')
  await typePin(viewerPin)
  await page.getByTestId('office').waitFor()
  await expect(page.getByTestId('go-list')).toHaveCount(0)
  await page.keyboard.press('F3')
  await expect(page.getByTestId('overview')).toBeVisible()
  await expect(page.getByTestId('export')).toHaveCount(0)
  const refused = await page.evaluate(() => window.office.figures.life({ id: 'R1' }))
  expect(refused).toEqual({ ok: false, error: { code: 'role-too-low' } })
  await page.getByTestId('sign-out').click()
  const signedOut = await page.evaluate(() => window.office.figures.scope({}))
  expect(signedOut).toEqual({ ok: false, error: { code: 'signed-out' } })
})

test('the page has no till and no Node, and people are there after a restart', async () => {
  expect(
    await page.evaluate(() => ['till', 'require', 'process'].filter((name) => name in window)),
  ).toEqual([])
  office = await office.reopen()
  page = office.page
  await signIn('陈姐', ownerPin)
  await expect(page.getByTestId('who')).toContainText('陈姐')
})
