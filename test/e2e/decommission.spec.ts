import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../support/live-test.ts'
import { runTillCommand } from '../support/run-till-command.ts'
import { expectAccessible } from './expect-accessible.ts'
import { answerDialog, fill } from './setup-steps.ts'
import { hire, signIn } from './staff-steps.ts'

const password = 'seven tulips at dawn'
const ownerPin = '739164'

test('a till is decommissioned with PIN, number and password, says so, and can be set up from the start', async ({
  merchant,
  launch,
  keychain,
  userDataFolder,
}) => {
  await merchant.provision()
  const safe = path.join(merchant.folder, 'safe')
  mkdirSync(safe)
  const till = await launch()
  const { page } = till
  await hire(page, [{ name: '王芳', role: 'owner', pin: ownerPin }])
  await signIn(page, '王芳', ownerPin)
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-handOver').click()
  // Without a password nothing would open the records afterwards.
  await expect(page.getByTestId('decommission')).toBeDisabled()
  await page.evaluate((text) => window.till.backup.setPassword({ password: text }), password)
  await page.getByTestId('decommission').click()
  const next = page.getByTestId('decommission-next')
  await expect(next).toBeDisabled()
  await fill(page, /^(Type the till number A7|请输入收银台编号 A7)$/, 'A7')
  await fill(page, /^(Password of the backups|备份密码)$/, 'not this one at all')
  await expectAccessible(till, 'decommission')
  await next.click()
  await page.getByTestId('owner-confirm').waitFor()
  await page.keyboard.type(ownerPin, { delay: 110 })
  await page.keyboard.press('Enter')
  await answerDialog(till, [safe])
  const run = page.getByTestId('decommission-run')
  await run.click()
  await expect(page.getByTestId('decommission-fault')).toHaveAttribute(
    'data-code',
    'wrong-password',
  )
  await fill(page, /^(Password of the backups|备份密码)$/, password)
  await run.click()
  const obstacle = page.getByTestId('obstacle')
  await expect(obstacle).toHaveAttribute('data-code', 'decommissioned')
  const [file = ''] = readdirSync(safe)
  await expect(page.getByTestId('what-it-was')).toContainText(file)
  await expect(page.getByTestId('what-it-was')).toContainText('王芳')
  await expectAccessible(till, 'obstacle')
  expect(readdirSync(path.join(userDataFolder, 'live'))).toEqual(['decommissioned.json'])
  await till.close()
  const status = await runTillCommand(['status', '--json'], { userDataFolder, env: keychain.env })
  expect(status.of('settings')).toEqual(['attention decommissioned'])

  // From the start, without anybody's PIN.
  await merchant.provision()
  const again = await launch()
  await expect(again.page.getByTestId('verdict')).toBeVisible()
})
