import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { appUnderTest } from '../support/app-under-test.ts'
import { openKeychainSession } from '../support/keychain-session.ts'
import { expect, test } from '../support/live-test.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { expectAccessible } from './expect-accessible.ts'
import { answerDialog, choose, fill, next, saveButton, testButton } from './setup-steps.ts'
import { hire, signIn } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const password = 'seven tulips at dawn'
const ownerPin = '739164'

async function openUpkeep({ page }: TillApp): Promise<void> {
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-upkeep').click()
}

test('a computer breaks with a coupon that waits; another one restores the backup and settles it, once', async ({
  merchant,
  standIn,
  keychain,
  launch,
  keyboard,
  userDataFolder,
}) => {
  await merchant.provision()
  const stick = path.join(merchant.folder, 'stick')
  mkdirSync(stick)
  const old = await launch()
  const [code] = await sampleCodes(standIn, 'valid')
  await openUpkeep(old)
  await expect(old.page.getByTestId('backup-password-state')).toHaveAttribute('data-set', 'false')
  await old.page.getByTestId('backup-password').click()
  const dialog = old.page.getByTestId('backup-password-dialog')
  const strength = old.page.getByTestId('backup-password-strength')
  await typeAsPerson(old.page, 'aaaaaaaaaaaaa')
  await expect(strength).toHaveAttribute('data-strength', 'weak')
  await expectAccessible(old, 'backup-password')
  await fill(old.page, /^(Password|密码)$/, password)
  await expect(strength).toHaveAttribute('data-strength', /good|strong/)
  await fill(old.page, /^(The same once more|再输入一遍)$/, password)
  await old.page.getByTestId('backup-password-save').click()
  await expect(dialog).toHaveCount(0)
  await expect(old.page.getByTestId('backup-password-state')).toHaveAttribute('data-set', 'true')

  await hire(old.page, [{ name: '王芳', role: 'owner', pin: ownerPin }])
  await signIn(old.page, '王芳', ownerPin)
  await standIn.control.network({ network: 'cut' })
  await old.page.getByTestId('go-till').click()
  await keyboard.scan(code)
  await new TillPage(old.page).expectWaiting(1)
  await openUpkeep(old)
  await answerDialog(old, [stick])
  await old.page.getByTestId('backup-folder').click()
  await expect(old.page.getByTestId('backup-state')).toHaveAttribute('data-at', /\d+/)
  const [backup = ''] = readdirSync(stick)
  expect(backup).toMatch(/\.hxbackup$/)
  const sealed = readFileSync(path.join(stick, backup))
  for (const canary of [password, ownerPin, code, merchant.merchantId, 'SQLite format'])
    expect(sealed.includes(canary), canary).toBe(false)
  // Neither is it anywhere in the profile.
  for (const file of readdirSync(userDataFolder, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    const bytes = readFileSync(path.join(file.parentPath, file.name))
    for (const canary of [password, ownerPin])
      expect(bytes.includes(canary), `${canary} in ${file.name}`).toBe(false)
  }
  await old.kill()

  const otherFolder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-data-'))
  const otherKeychain = await openKeychainSession('unlocked')
  const other = await launchTill({
    ...appUnderTest(),
    env: otherKeychain.env,
    userDataFolder: otherFolder,
  })
  try {
    const { page } = other
    await openUpkeep(other)
    await answerDialog(other, [path.join(stick, backup)])
    await page.getByTestId('restore-choose').click()
    await expect(page.getByTestId('restore-unlock')).toBeVisible()
    await typeAsPerson(page, 'not this one at all')
    await page.getByTestId('restore-unlock-open').click()
    await expect(page.getByTestId('restore-fault')).toHaveAttribute('data-code', 'wrong-password')
    await fill(page, /^(Password of this backup|这份备份的密码)$/, password)
    await page.getByTestId('restore-unlock-open').click()
    await expect(page.getByTestId('restore-facts')).toContainText(merchant.merchantId)
    await expect(page.getByTestId('restore-facts')).toContainText('A7')
    await expectAccessible(other, 'restore')
    await page.getByTestId('restore-confirm').click()
    const obstacle = page.getByTestId('obstacle')
    await expect(obstacle).toHaveAttribute('data-code', 'moved-here')
    await expectAccessible(other, 'obstacle')

    await obstacle.getByRole('button', { name: /Set up|设置/ }).click()
    // What came with the backup is filled in: set-up begins at what is missing.
    await expect(page.getByTestId('setup')).toHaveAttribute('data-step', 'certificate')
    await choose(other, 'merchant-files', [
      path.join(merchant.folder, 'apiclient_cert.pem'),
      path.join(merchant.folder, 'apiclient_key.pem'),
    ])
    await next(page, 'key')
    await next(page, 'connection')
    await standIn.control.network({ network: 'up' })
    await page.getByRole('button', { name: testButton }).click()
    await page.getByTestId('setup-tested').waitFor()
    await page.getByRole('button', { name: saveButton }).click()
    // The owner of the lost till is asked.
    await page.getByTestId('owner-confirm').waitFor()
    await page.keyboard.type(ownerPin, { delay: 110 })
    await page.keyboard.press('Enter')
    // The till is open, and its staff sign in as they did on the lost one.
    await page.getByTestId('lock').waitFor()
    await signIn(page, '王芳', ownerPin)
    // Saving ended on the sign-in screen: that it worked, and the offer to delete the key's file, come now.
    await expect(page.getByTestId('setup-finished')).toContainText('apiclient_key.pem')
    await page.getByRole('button', { name: /^(Not now|暂不删除)$/ }).click()
    await expect(page.getByTestId('setup-finished')).toHaveCount(0)
    // The daily backup stayed behind.
    await expect(page.getByTestId('backup-warning')).toBeVisible()
    await new TillPage(page).expectWaiting(0)
    await expect
      .poll(async () => (await standIn.control.ledger({})).effects.map((effect) => effect.code))
      .toEqual([code])
    // Set-up was opened at an obstacle, and is not what the next one shows.
    await page.evaluate((pin) => window.till.owner.confirm({ pin }), ownerPin)
    await answerDialog(other, [stick])
    const end = { word: 'A7', password, movesOpen: true }
    await page.evaluate((given) => window.till.decommission.run(given), end)
    await expect(obstacle).toHaveAttribute('data-code', 'decommissioned')
  } finally {
    await other.kill()
    await otherKeychain.close()
    rmSync(otherFolder, { recursive: true, force: true, maxRetries: 5 })
  }

  // The old computer was not dead: it settles too, and nothing is redeemed twice.
  const back = await launch({ env: keychain.env })
  await expect(back.page.getByTestId('lock')).toBeVisible()
  await expect
    .poll(() => readdirSync(path.join(userDataFolder, 'live')).includes('till.db'))
    .toBe(true)
  await expect
    .poll(
      async () =>
        (await standIn.control.ledger({})).requests['/v3/marketing/busifavor/coupons/use'],
    )
    .toBeGreaterThan(1)
  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => effect.code)).toEqual([code])
})
