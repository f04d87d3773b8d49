import type { CodeWrapping } from '../../main/contract/code-wrapping.ts'
import type { Page } from '@playwright/test'
import { inBothLanguages } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { hire, honourLast, signIn } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const staff = [
  { name: '王芳', role: 'owner', pin: '2580' },
  { name: '李强', role: 'supervisor', pin: '1397' },
  { name: '小陈', role: 'cashier', pin: '8246' },
] as const

/** Presses the digits on the screen's keypad, as on a touch screen. */
async function enterPin(page: Page, pin: string): Promise<void> {
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click()
}

test('after the first owner is added in the window, people must sign in', async ({ till }) => {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-staff').click()
  await page.getByTestId('staff-add').click()
  await page.getByTestId('staff-name').fill('王芳')
  await page.getByRole('textbox', { name: /^(PIN|密码)/ }).focus()
  await typeAsPerson(page, '2580')
  await page.getByRole('textbox', { name: /again|再输一次/ }).focus()
  await typeAsPerson(page, '2581')
  await expect(page.getByTestId('new-pins-differ')).toBeVisible()
  await expect(page.getByTestId('staff-save')).toBeDisabled()
  await page.keyboard.press('Backspace')
  await page.keyboard.type('0')
  await page.getByTestId('staff-save').click()
  await expect(page.getByTestId('lock')).toBeVisible()

  await enterPin(page, '9999')
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click()
  await expect(page.getByTestId('pin-fault')).toContainText('4')
  await enterPin(page, '2580')
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click()
  await expect(page.getByTestId('person')).toContainText('王芳')
  await expect(page.getByTestId('recovery')).toBeVisible()
})

test('the owner writes down a recovery code, and sets a new PIN with it while locked out', async ({
  till,
}) => {
  const { page } = till
  const owner = { id: null, name: '王芳', role: 'owner', pin: '2580' } as const
  await page.evaluate((form) => window.till.staff.save(form), owner)
  await expect(page.getByTestId('lock')).toBeVisible()
  // There is none yet.
  await expect(page.getByTestId('recover-open')).toHaveCount(0)
  await enterPin(page, '2580')
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click()
  await page.getByTestId('recovery-show').click()
  const code = await page.getByTestId('recovery-code').innerText()
  expect(code).toMatch(/^\w{4}(-\w{4}){3}$/)
  await expect(page.getByTestId('recovery-done')).toBeDisabled()
  // What is printed is composed from the code that was offered; without a printer the dialog says so.
  await till.electron.evaluate(({ app }) => {
    app.on('web-contents-created', (_event, contents) => {
      Reflect.set(contents, 'getPrintersAsync', async () => [])
    })
  })
  await page.getByTestId('recovery-print').click()
  await expect(page.getByTestId('print-said')).toContainText(/没有装打印机|no printer/)
  await page.getByTestId('recovery-written').check()
  await page.getByTestId('recovery-done').click()
  await expect(page.getByTestId('recovery')).toHaveCount(0)

  const id = await page.evaluate(async () => {
    const snapshot = await window.till.app.snapshot({})
    await window.till.session.signOut({})
    return (snapshot.ok && snapshot.value.session.staff[0]?.id) || ''
  })
  for (let time = 0; time < 5; time += 1)
    await page.evaluate((form) => window.till.session.signIn(form), { id, pin: '9999' })
  await enterPin(page, '2580')
  await page.getByRole('button', { name: /^(Sign in|登录)$/ }).click()
  await expect(page.getByTestId('pin-fault')).toContainText('1')

  await page.getByTestId('recover-open').click()
  await page.getByRole('textbox', { name: /^(Recovery code|恢复码)/ }).focus()
  await page.keyboard.type(code.toLowerCase(), { delay: 90 })
  await page.getByRole('textbox', { name: /^(New PIN|新密码)/ }).focus()
  await typeAsPerson(page, '3691')
  await page.getByRole('textbox', { name: /again|再输一次/ }).focus()
  await typeAsPerson(page, '3691')
  await page.getByTestId('recover-submit').click()
  await expect(page.getByTestId('person')).toContainText('王芳')
  // It is used up, so that there is another to write down.
  await expect(page.getByTestId('recovery-show')).toBeVisible()
  expect(
    await page.evaluate((form) => window.till.session.signIn(form), { id, pin: '3691' }),
  ).toMatchObject({ value: { ok: true } })
})

test('a coupon scanned before anybody signed in is neither redeemed nor typed into the PIN', async ({
  standIn,
  till,
  keyboard,
}) => {
  await hire(till.page, staff)
  const [code] = await sampleCodes(standIn, 'valid')
  await expect(till.page.getByTestId('lock')).toBeVisible()
  await till.page.getByTestId('person-tile').first().click()
  await keyboard.scan(code)
  await expect(till.page.getByTestId('scanned-early')).toBeVisible()
  await expect(till.page.getByTestId('pin-fault')).toBeEmpty()
  expect((await standIn.control.ledger({})).effects).toEqual([])
})

test('each role sees what it may use, and the main process refuses everything else', async ({
  till,
}) => {
  const { page } = till
  await hire(page, staff)
  const refused = { ok: false, error: { code: 'role-too-low' } }
  const readSettings = () => page.evaluate(() => window.till.settings.read({}))

  await signIn(page, '小陈', '8246')
  await expect(page.getByTestId('go-insights')).toHaveCount(0)
  await page.getByTestId('go-settings').click()
  await expect(page.getByTestId('tab-staff')).toHaveCount(0)
  expect(await readSettings()).toEqual(refused)
  expect(await page.evaluate(() => window.till.setup.state({}))).toEqual(refused)
  const prefer = (change: { textPercent: number; wrapping?: CodeWrapping }) =>
    page.evaluate((next) => window.till.preferences.set(next), change)
  expect(await prefer({ textPercent: 125 })).toMatchObject({ ok: true })
  // A cashier may not change one of the two, so that neither is changed.
  const bare = { prefixes: [], urlParameters: [] }
  expect(await prefer({ textPercent: 150, wrapping: bare })).toEqual(refused)
  await expect(page.locator('html')).toHaveCSS('font-size', '20px')

  await signIn(page, '李强', '1397')
  await expect(page.getByTestId('go-insights')).toBeVisible()
  expect(await readSettings()).toEqual(refused)

  await signIn(page, '王芳', '2580')
  expect((await readSettings()).ok).toBe(true)
})

test("a cashier's network drill needs a supervisor's PIN, once", async ({ till, keyboard }) => {
  const { page } = till
  await hire(page, staff)
  await signIn(page, '小陈', '8246')
  await page.getByTestId('training-network').click()
  const words = { 'zh-CN': '断开网络', en: 'Cut the network' }
  await inBothLanguages(page, async (language) => {
    await expect(page.getByTestId('approval')).toContainText(words[language])
  })
  await keyboard.press('Escape')
  await expect(page.getByTestId('approval')).toHaveCount(0)
  expect(await page.evaluate(() => window.till.training.setNetwork({ network: 'cut' }))).toEqual({
    ok: false,
    error: { code: 'role-too-low' },
  })
  await page.getByTestId('training-network').click()
  await page.getByTestId('approval').getByTestId('person-tile').filter({ hasText: '李强' }).click()
  await enterPin(page, '1397')
  await page.getByRole('button', { name: /^(Agree|同意)$/ }).click()
  await expect(page.getByTestId('training-network')).toContainText(/Restore|恢复/)
})

test('the next shift does not wait for a person who is not there', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  await hire(page, [...staff, { name: '小林', role: 'cashier', pin: '9174' }])
  await signIn(page, '小陈', '8246')
  await page.evaluate(() => window.till.shift.open({}))
  const [code] = await sampleCodes(standIn, 'valid')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await new TillPage(page).expectWaiting(1)
  await honourLast(page, staff[1])
  await keyboard.press('F7')
  await page.getByTestId('close-shift').click()
  // Nobody hands over to themselves.
  const dialog = page.getByTestId('close-shift-dialog')
  const choices = dialog.getByTestId('person-tile')
  await expect(choices.filter({ hasText: '小林' })).toBeVisible()
  await expect(choices.filter({ hasText: '小陈' })).toHaveCount(0)
  // By keys alone: the arrows choose who takes over, and Enter closes the shift; nobody is chosen beforehand.
  await keyboard.press('Return')
  await expect(dialog).toBeVisible()
  await keyboard.press('Down', 'Down')
  await expect(choices.filter({ hasText: '李强' })).toHaveAttribute('data-selected', 'true')
  await keyboard.press('Return')
  await expect(dialog).toHaveCount(0)

  await signIn(page, '小林', '9174')
  await keyboard.press('F7')
  await expect(page.getByTestId('waits-for-successor')).toContainText('李强')
  await page.getByTestId('take-over-shift').click()
  await page.getByTestId('approval').getByTestId('person-tile').filter({ hasText: '王芳' }).click()
  await enterPin(page, '2580')
  await page.getByRole('button', { name: /^(Agree|同意)$/ }).click()
  await page.getByTestId('open-shift').click()
  await expect(page.getByTestId('close-shift')).toBeVisible()
})

test('an approval is for one request with one input, whatever the page asks for', async ({
  till,
}) => {
  const { page } = till
  await hire(page, staff)
  await signIn(page, '小陈', '8246')
  const refused = { ok: false, error: { code: 'role-too-low' } }
  const snapshot = await page.evaluate(() => window.till.app.snapshot({}))
  const id = snapshot.ok && snapshot.value.session.staff.find(({ name }) => name === '李强')?.id
  if (!id) throw new Error('no supervisor')
  const input = { password: 'correct horse', why: '换新电脑' }
  const approved = await page.evaluate((approval) => window.till.session.approve(approval), {
    id,
    pin: '1397',
    request: 'handOver.export',
    input,
  })
  expect(approved).toMatchObject({ ok: true, value: { ok: true } })
  expect(await page.evaluate((order) => window.till.handOver.import(order), input)).toEqual(refused)
  const other = { ...input, why: 'another' }
  expect(await page.evaluate((order) => window.till.handOver.export(order), other)).toEqual(refused)
  await till.electron.evaluate(({ dialog }) => {
    Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: true, filePath: '' }))
  })
  expect(await page.evaluate((order) => window.till.handOver.export(order), input)).toMatchObject({
    ok: true,
  })
})

test('who redeemed a coupon is kept with the redemption', async ({ standIn, till, keyboard }) => {
  const { page } = till
  await hire(page, staff)
  await signIn(page, '小陈', '8246')
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await keyboard.press('F3')
  await expect(page.getByTestId('history-row').first()).toContainText('小陈')
})

test('a person is added with the keyboard alone, a PIN that was refused is typed anew, and nobody is removed unasked', async ({
  till,
}) => {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-staff').click()
  await page.getByTestId('staff-add').click()
  // The cursor stands in the name.
  await typeAsPerson(page, 'Li')
  await expect(page.getByTestId('staff-name')).toHaveValue('Li')
  await page.getByRole('textbox', { name: /^(PIN|密码)/ }).focus()
  await typeAsPerson(page, '1234')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: /again|再输一次/ })).toBeFocused()
  await typeAsPerson(page, '1234')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('staff-fault')).toHaveAttribute('data-code', 'pin-too-easy')
  await page.keyboard.press('Shift+Tab')
  await typeAsPerson(page, '2580')
  await expect(page.getByRole('textbox', { name: /^(PIN|密码)/ })).toHaveText('••••')
  await page.keyboard.press('Tab')
  await typeAsPerson(page, '2580')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('lock')).toBeVisible()
  await signIn(page, 'Li', '2580')

  // Enter presses the main button of a dialog without a field.
  await page.getByTestId('recovery').waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('recovery-code')).toBeVisible()
  await page.getByTestId('recovery-written').check()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('recovery')).toHaveCount(0)

  await page.evaluate((form) => window.till.staff.save(form), {
    id: null,
    name: '小陈',
    role: 'cashier' as const,
    pin: '8246',
  })
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-staff').click()
  const row = page.getByTestId('staff-row').filter({ hasText: '小陈' })
  await row.getByRole('button').click()
  await page.getByTestId('staff-remove').click()
  await expect(page.getByTestId('staff-remove-question')).toContainText('小陈')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('staff-remove-question')).toHaveCount(0)
  await page.getByTestId('staff-remove').click()
  await page.getByTestId('staff-remove-confirm').click()
  await expect(page.getByTestId('staff-form')).toHaveCount(0)
  await expect(row).toHaveCount(0)
})
