import { existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { openCountingRelay } from '../support/counting-relay.ts'
import { createMerchantMaterial } from '../support/merchant-material.ts'
import { openKeychainSession } from '../support/keychain-session.ts'
import { expect, test } from '../support/live-test.ts'
import { expectAccessible } from './expect-accessible.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a provisioned till redeems live, with nothing of training mode', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
  await merchant.provision()
  const { page } = await launch()
  const [code] = await sampleCodes(standIn, 'valid')
  await expect(page.getByTestId('training-banner')).toHaveCount(0)
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => effect.code)).toEqual([code])
})

test('the first key of a scan opens the line to WeChat Pay, and sends nothing', async ({
  merchant,
  launch,
  keyboard,
}) => {
  const relay = await openCountingRelay(merchant.origin)
  await merchant.provision(undefined, relay.origin)
  const { page } = await launch()
  await page.getByTestId('verdict').waitFor()
  // Also the connection that the window's focus opened is closed again after a while.
  await expect.poll(relay.open).toBe(0)
  const sent = relay.sent()
  await keyboard.press('1')
  await expect.poll(relay.open).toBe(1)
  await expect.poll(relay.open).toBe(0)
  expect(relay.sent()).toBe(sent)
  relay.close()
})

test('a till without a keychain shows what to do and accepts no scan', async ({
  merchant,
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
  await merchant.provision()
  const missing = await openKeychainSession('missing')
  const till = await launch({ env: missing.env })
  const { page } = till
  const obstacle = page.getByTestId('obstacle')
  await expect(obstacle).toHaveAttribute('data-code', 'keychain-unavailable')
  await expect(obstacle).toContainText('gnome-keyring')
  await expectAccessible(till, 'obstacle')
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  const refused = await page.evaluate(
    (payload) => window.till.counter.redeem({ payload, source: 'scanned' }),
    code,
  )
  expect(refused).toEqual({ ok: false, error: { code: 'not-available' } })
  expect((await standIn.control.ledger({})).effects).toEqual([])
  expect(existsSync(path.join(userDataFolder, 'live/till.db'))).toBe(false)
  await missing.close()
})

test('with a locked keychain the till opens once it is unlocked, without a restart', async ({
  merchant,
  keychain,
  standIn,
  launch,
  keyboard,
}) => {
  await merchant.provision()
  keychain.lock()
  const { page } = await launch()
  const obstacle = page.getByTestId('obstacle')
  await expect(obstacle).toHaveAttribute('data-code', 'keychain-locked')
  // In both languages.
  const chinese = await obstacle.innerText()
  await page.getByRole('button', { name: /English|中文/ }).click()
  await expect(obstacle).not.toHaveText(chinese)

  await keychain.unlock()
  await page.getByRole('button', { name: /Try again|再试一次/ }).click()
  await expect(page.getByTestId('verdict')).toBeVisible()
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
})

test('while the keychain does not reply there is a window that says why, and the till can be ended', async ({
  merchant,
  keychain,
  launch,
}) => {
  await merchant.provision()
  keychain.stall()
  const waiting = await launch({ until: 'starting' })
  const starting = waiting.page.getByTestId('starting')
  await expect(starting).toContainText('请输入')
  await expect(starting).toContainText('If this computer asks for the password')
  process.kill(waiting.processId, 'SIGTERM')
  await expect.poll(() => isRunning(waiting.processId)).toBe(false)

  const { page } = await launch({ until: 'starting' })
  keychain.wake()
  await expect(page.getByTestId('verdict')).toBeVisible()
})

test('damaged settings never turn a live till into a training till', async ({
  merchant,
  launch,
  userDataFolder,
}) => {
  await merchant.provision()
  writeFileSync(path.join(userDataFolder, 'live/profile.json'), '{"version":1')
  const { page } = await launch()
  await expect(page.getByTestId('obstacle')).toHaveAttribute('data-code', 'settings-damaged')
  await expect(page.getByTestId('training-banner')).toHaveCount(0)
})

const dayMs = 86_400_000
for (const [days, level] of [
  [40, 'soon'],
  [10, 'urgent'],
] as const) {
  test(`the till warns of a certificate that expires in ${days} days`, async ({
    merchant,
    launch,
  }) => {
    const validUntil = Date.now() + days * dayMs + dayMs / 2
    await merchant.provision(await createMerchantMaterial({ validUntil }))
    const { page } = await launch()
    const warning = page.getByTestId('certificate-warning')
    await expect(warning).toHaveAttribute('data-level', level)
    await expect(warning).toContainText(String(days))
  })
}

test('a till with an expired certificate saves coupons and shows why they wait', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
  const soon = Date.now() + 12_000
  const material = await createMerchantMaterial({ validUntil: soon })
  await standIn.control.enrol({ certificatePem: material.certificatePem })
  await merchant.provision(material)
  await expect.poll(() => Date.now() > soon).toBe(true)
  const { page } = await launch()
  await expect(page.getByTestId('verdict')).toBeVisible()
  const banner = page.getByTestId('certificate-warning')
  await expect(banner).toHaveAttribute('data-level', 'expired')
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('amber', 'certificate-expired')
  await expect(page.getByTestId('queue-count')).toHaveAttribute('data-count', '1')
  expect((await standIn.control.ledger({})).effects).toEqual([])
  await banner.getByRole('button').click()
  await expect(page.getByTestId('tab-merchant')).toHaveAttribute('aria-selected', 'true')
})

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}
