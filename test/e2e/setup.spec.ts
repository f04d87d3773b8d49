import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/live-test.ts'
import { expectAccessible } from './expect-accessible.ts'
import {
  choose,
  fill,
  next,
  openSetup,
  saveButton,
  testButton,
  trashed,
  watchTrash,
} from './setup-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

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
  await waitForScanEnd(page)
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  expect((await standIn.control.ledger({})).effects).toHaveLength(1)
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
  const till = await launch()
  const file = (name: string) => path.join(merchant.folder, name)
  const page = await openSetup(till, merchant)
  await choose(till, 'merchant-files', [file('apiclient_cert.pem'), file('apiclient_key.pem')])
  await expectAccessible(till, 'certificate')
  await next(page, 'key')
  await choose(till, 'public-key-file', [file('pub_key.pem')])
  await fill(page, /^(Public key id|公钥 ID)$/, merchant.publicKeyId)
  await expectAccessible(till, 'key')
  await next(page, 'connection')
  await page.getByRole('button', { name: testButton }).click()
  await page.getByTestId('setup-tested').waitFor()
  await expectAccessible(till, 'connection')
  await page.getByRole('button', { name: saveButton }).click()
  await page.getByTestId('setup-done').waitFor()
  await expectAccessible(till, 'done')
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
