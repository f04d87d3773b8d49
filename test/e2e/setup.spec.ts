import type { Page } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { TillApp } from '../support/till-app.ts'
import { expect, type Merchant, test } from '../support/live-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { createMerchantMaterial } from '../support/merchant-material.ts'
import { expectAccessible } from './expect-accessible.ts'
import { sampleCodes, TillPage } from './till-page.ts'

/** The system's file dialog cannot be driven by a test; it returns these paths. */
async function answerDialog(till: TillApp, paths: readonly string[]): Promise<void> {
  await till.electron.evaluate(({ dialog }, filePaths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths }))
  }, paths)
}

/** A test has no recycle bin of its own: what goes there is written down. */
async function watchTrash(till: TillApp): Promise<void> {
  await till.electron.evaluate(({ shell }) => {
    const files: string[] = []
    Reflect.set(globalThis, 'trashed', files)
    Reflect.set(shell, 'trashItem', async (file: string) => void files.push(file))
  })
}

function trashed(till: TillApp): Promise<unknown> {
  return till.electron.evaluate((): unknown => Reflect.get(globalThis, 'trashed'))
}

/** Pastes into the field that has the focus. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
}

async function fill(page: Page, label: RegExp, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label })
  await field.focus()
  await page.keyboard.press('ControlOrMeta+a')
  await typeAsPerson(page, text)
}

/** Opens set-up, fills in the first step and goes on to the second. */
async function openSetup(till: TillApp, merchant: Merchant): Promise<Page> {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-merchant').click()
  await fill(page, /^(Merchant id|商户号)$/, merchant.merchantId)
  await fill(page, /^AppID$/, merchant.appid)
  await fill(page, /^(Till number|收银台编号)$/, 'B2')
  await fill(page, /^(Hosts|服务器)$/, merchant.origin)
  await next(page, 'certificate')
  return page
}

async function next(page: Page, step: string): Promise<void> {
  await page.getByTestId('setup-next').click()
  await expect(page.getByTestId('setup')).toHaveAttribute('data-step', step)
}

async function choose(till: TillApp, testId: string, paths: readonly string[]): Promise<void> {
  await answerDialog(till, paths)
  await till.page.getByTestId(testId).getByRole('button').last().click()
}

const testButton = /Test the connection|测试连接/
const saveButton = /Save|保存/

test('a training till is set up in its window and becomes a live one', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
  const till = await launch()
  const file = (name: string) => path.join(merchant.folder, name)
  const page = await openSetup(till, merchant)
  // One file after the other.
  await choose(till, 'merchant-files', [file('apiclient_cert.pem')])
  await expect(page.getByTestId('taken-files')).toHaveAttribute('data-fault', 'key-missing')
  await choose(till, 'merchant-files', [file('apiclient_key.pem')])
  await expect(page.getByTestId('taken-files')).toHaveAttribute('data-fault', '')
  await next(page, 'key')
  await choose(till, 'public-key-file', [file('pub_key.pem')])
  await fill(page, /^(Public key id|公钥 ID)$/, merchant.publicKeyId)
  await next(page, 'connection')
  await page.getByRole('button', { name: testButton }).click()
  await expect(page.getByTestId('setup-tested')).toHaveAttribute('data-finding', 'passed')
  await page.getByRole('button', { name: saveButton }).click()
  await expect(page.getByTestId('setup-done')).toBeVisible()

  await watchTrash(till)
  await page.getByRole('button', { name: /recycle bin|回收站/ }).click()
  await expect(page.getByTestId('sources-deleted')).toHaveAttribute('data-left', '0')
  // The key alone; the certificate is no secret.
  expect(await trashed(till)).toEqual([file('apiclient_key.pem')])
  await page.getByRole('button', { name: /^(Close|关闭)$/ }).click()

  await expect(page.getByTestId('training-banner')).toHaveCount(0)
  const [code] = await sampleCodes(standIn, 'valid')
  // A second after the last typed key, because an earlier scan could be the rest of what was typed and is rejected.
  await page.waitForTimeout(1100)
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  expect((await standIn.control.ledger({})).effects).toHaveLength(1)
})

test('every mistake of set-up is said where it is made, and mended without starting over', async ({
  merchant,
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
  test.slow()
  const till = await launch()
  const { page } = till
  const file = (name: string) => path.join(merchant.folder, name)
  const write = (name: string, content: string): string => {
    writeFileSync(file(name), content)
    return file(name)
  }
  const old = await createMerchantMaterial({ validUntil: Date.now() - 86_400_000 })
  const nextButton = page.getByTestId('setup-next')
  const merchantFault = page.getByTestId('taken-files')

  // Step 1: an address without https, spaces in a pasted id, a merchant id with one digit wrong.
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-merchant').click()
  await fill(page, /^(Merchant id|商户号)$/, `${merchant.merchantId.slice(0, -1)}0`)
  await fill(page, /^AppID$/, '')
  await paste(page, `${merchant.appid.slice(0, 6)} ${merchant.appid.slice(6)}`)
  await expect(page.getByTestId('paste-left-out')).toBeVisible()
  await fill(page, /^(Till number|收银台编号)$/, 'B2')
  await fill(page, /^(Hosts|服务器)$/, 'http://a.example')
  await expect(nextButton).toBeDisabled()
  await fill(page, /^(Hosts|服务器)$/, merchant.origin)
  await next(page, 'certificate')

  // Step 2: files that are too large, expired, of another key; then right ones under a wrong merchant id.
  await choose(till, 'merchant-files', [write('film.zip', 'x'.repeat(1_100_000))])
  await expect(merchantFault).toHaveAttribute('data-fault', 'file-too-large')
  const expired = [write('old_cert.pem', old.certificatePem), write('old_key.pem', old.keyPem)]
  await choose(till, 'merchant-files', expired)
  await expect(page.getByTestId('taken-list').getByRole('listitem')).toHaveCount(2)
  await expect(nextButton).toBeDisabled()
  await choose(till, 'merchant-files', [file('apiclient_cert.pem'), file('old_key.pem')])
  await expect(merchantFault).toHaveAttribute('data-fault', 'pair-mismatch')
  await page.getByRole('button', { name: /(Take back|不要) old_key\.pem/ }).click()
  await expect(merchantFault).toHaveAttribute('data-fault', 'key-missing')
  await choose(till, 'merchant-files', [file('apiclient_key.pem')])
  await expect(merchantFault).toHaveAttribute('data-fault', 'merchant-id-other')
  await page.getByTestId('mend-merchant-id').click()
  await fill(page, /^(Merchant id|商户号)$/, merchant.merchantId)
  await next(page, 'certificate')
  await expect(merchantFault).toHaveAttribute('data-fault', '')
  await next(page, 'key')

  // Step 3: a private key as the public one, and an API v3 key that lost a character.
  const publicFault = page.getByTestId('taken-public-key')
  await choose(till, 'public-key-file', [file('apiclient_key.pem')])
  await expect(publicFault).toHaveAttribute('data-fault', 'public-key-is-private')
  await fill(page, /^(API v3 key|APIv3 密钥)/, 'a'.repeat(31))
  await expect(page.getByText(/31 of 32|31 个字符/)).toBeVisible()
  await page.getByTestId('show-apiV3Key').click()
  await expect(page.getByText('a'.repeat(31))).toBeVisible()
  await fill(page, /^(API v3 key|APIv3 密钥)/, '')
  await page.keyboard.press('Backspace')
  await fill(page, /^(Public key id|公钥 ID)$/, merchant.publicKeyId)
  await expect(nextButton).toBeDisabled()
  await choose(till, 'public-key-file', [file('pub_key.pem')])
  await expect(publicFault).toHaveAttribute('data-fault', '')
  const draft = readFileSync(path.join(userDataFolder, 'live', 'setup-draft.json'), 'utf8')
  expect(draft).not.toMatch(/KEY-----/)
  await next(page, 'connection')

  await page.getByRole('button', { name: testButton }).click()
  await expect(page.getByTestId('setup-tested')).toHaveAttribute('data-finding', 'passed')
  await page.getByRole('button', { name: saveButton }).click()
  // It was tested a moment ago.
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'online')
  await expect(page.getByTestId('setup-done')).toContainText('apiclient_key.pem')
  await expect(page.getByTestId('setup-done')).not.toContainText('apiclient_cert.pem')
  await page.getByRole('button', { name: /^(Not now|Keep|Keep them for now|暂不删除)/ }).click()
  const [code] = await sampleCodes(standIn, 'valid')
  await page.waitForTimeout(1100)
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
})

test('a mistyped AppID is found by the test, and mended while the coupon that it stopped waits', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
  test.slow()
  await merchant.provision()
  const till = await launch()
  const { page } = till
  const save = async (finding: string): Promise<void> => {
    for (const step of ['certificate', 'key', 'connection']) await next(page, step)
    await page.getByRole('button', { name: testButton }).click()
    await expect(page.getByTestId('setup-tested')).toHaveAttribute('data-finding', finding)
    await page.getByRole('button', { name: saveButton }).click()
    await page.getByRole('button', { name: /^(Close|关闭)$/ }).click()
  }
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-merchant').click()
  await page.getByTestId('setup-step-shop').click()
  await fill(page, /^AppID$/, `${merchant.appid}x`)
  await save('appid-not-bound')

  const [code] = await sampleCodes(standIn, 'valid')
  await page.waitForTimeout(1100)
  await keyboard.scan(code)
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'blocked')
  await expect(page.getByTestId('connection')).toContainText('AppID')
  await page.getByTestId('mend-settings').click()
  await expect(page.getByTestId('setup')).toHaveAttribute('data-step', 'shop')
  await fill(page, /^AppID$/, merchant.appid)
  await save('passed')
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'online')
  await expect
    .poll(async () => (await standIn.control.ledger({})).effects.map((effect) => effect.code))
    .toEqual([code])
})

test('set-up that was interrupted goes on where it was, also after a restart', async ({
  merchant,
  launch,
}) => {
  const file = (name: string) => path.join(merchant.folder, name)
  const till = await launch()
  const page = await openSetup(till, merchant)
  await choose(till, 'merchant-files', [file('apiclient_cert.pem'), file('apiclient_key.pem')])
  await next(page, 'key')
  // To another screen and back: the files are still kept.
  await page.getByTestId('go-till').click()
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-merchant').click()
  await expect(page.getByTestId('setup')).toHaveAttribute('data-step', 'key')
  await till.close()

  // After a restart the key is gone: the answers are still there, and its step is open again.
  const again = await launch()
  await again.page.getByTestId('go-settings').click()
  await again.page.getByTestId('tab-merchant').click()
  await expect(again.page.getByTestId('setup')).toHaveAttribute('data-step', 'certificate')
  await expect(again.page.getByTestId('setup-step-shop')).toHaveAttribute('data-done', 'true')
  await expect(again.page.getByTestId('setup-step-key')).toBeDisabled()
})

test('the name of a till that is set up can be changed without certificate and key', async ({
  merchant,
  launch,
}) => {
  await merchant.provision()
  const till = await launch()
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-merchant').click()
  await expect(page.getByTestId('setup')).toHaveAttribute('data-step', 'connection')
  await page.getByTestId('setup-step-shop').click()
  await fill(page, /^(Till number|收银台编号)$/, 'C3')
  await next(page, 'certificate')
  await expect(page.getByTestId('certificate-in-use')).toBeVisible()
  await next(page, 'key')
  await next(page, 'connection')
  await page.getByRole('button', { name: testButton }).click()
  await expect(page.getByTestId('setup-tested')).toHaveAttribute('data-finding', 'passed')
  await page.getByRole('button', { name: saveButton }).click()
  await expect(page.getByTestId('setup-done')).toBeVisible()
  await page.getByRole('button', { name: /^(Close|关闭)$/ }).click()
  const state = await page.evaluate(() => window.till.setup.state({}))
  expect(state).toMatchObject({ ok: true, value: { draft: { tillId: 'C3' } } })
})

test('every step of set-up is accessible', async ({ merchant, launch }) => {
  test.slow()
  const till = await launch()
  const file = (name: string) => path.join(merchant.folder, name)
  const page = await openSetup(till, merchant)
  await choose(till, 'merchant-files', [file('apiclient_cert.pem'), file('apiclient_key.pem')])
  await expectAccessible(page, 'certificate')
  await next(page, 'key')
  await choose(till, 'public-key-file', [file('pub_key.pem')])
  await fill(page, /^(Public key id|公钥 ID)$/, merchant.publicKeyId)
  await expectAccessible(page, 'key')
  await next(page, 'connection')
  await page.getByRole('button', { name: testButton }).click()
  await page.getByTestId('setup-tested').waitFor()
  await expectAccessible(page, 'connection')
  await page.getByRole('button', { name: saveButton }).click()
  await page.getByTestId('setup-done').waitFor()
  await expectAccessible(page, 'done')
})

test('no secret is sent back to the page', async ({ merchant, launch }) => {
  const till = await launch()
  const paths = ['apiclient_cert.pem', 'apiclient_key.pem'].map((name) =>
    path.join(merchant.folder, name),
  )
  const taken = await till.page.evaluate(
    ([merchantId, files]) =>
      window.till.setup.takeFiles({ purpose: 'merchant', merchantId, paths: files }),
    [merchant.merchantId, paths] as const,
  )
  expect(taken).toMatchObject({ ok: true, value: { fault: null } })
  expect(JSON.stringify(taken)).not.toContain('PRIVATE')
  expect(JSON.stringify(taken)).not.toContain(merchant.keyPem.split('\n')[4] ?? '?')
  await merchant.provision()
  await till.page.evaluate(() => window.till.app.retry({}))
  const told = await till.page.evaluate(async () => [
    await window.till.setup.state({}),
    await window.till.app.snapshot({}),
  ])
  expect(JSON.stringify(told)).not.toMatch(/PRIVATE|apiV3Key"/)
})

test('files dropped on the page are read by their paths, like those of the dialog', async ({
  merchant,
  launch,
}) => {
  const till = await launch()
  const page = await openSetup(till, merchant)
  const place = await page.getByTestId('merchant-files').boundingBox()
  if (!place) throw new Error('no place to drop files')
  const at = { x: place.x + place.width / 2, y: place.y + place.height / 2 }
  const files = ['apiclient_cert.pem', 'apiclient_key.pem'].map((name) =>
    path.join(merchant.folder, name),
  )
  const browser = await page.context().newCDPSession(page)
  // As when the system drags real files over the page: they arrive with their paths.
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await browser.send('Input.dispatchDragEvent', {
      type,
      ...at,
      data: { items: [], files, dragOperationsMask: 1 },
    })
  await expect(page.getByTestId('taken-files')).toHaveAttribute('data-fault', '')
})
