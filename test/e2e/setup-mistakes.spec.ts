import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/live-test.ts'
import { createMerchantMaterial } from '../support/merchant-material.ts'
import { choose, fill, next, paste, saveButton, testButton } from './setup-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('every mistake of set-up is said where it is made, and mended without starting over', async ({
  merchant,
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
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
  await expect(page.getByTestId('paste-left-out')).toContainText(/space|空格/)
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
  await waitForScanEnd(page)
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
})

test('a mistyped AppID is found by the test, and mended while the coupon that it stopped waits', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
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
  await waitForScanEnd(page)
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
