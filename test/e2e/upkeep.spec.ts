import { createServer } from 'node:http'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/live-test.ts'
import type { TillApp } from '../support/till-app.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { expectAccessible } from './expect-accessible.ts'
import { sampleCodes, TillPage } from './till-page.ts'

async function answerDialog(till: TillApp, file: string): Promise<void> {
  await till.electron.evaluate(({ dialog }, chosen) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths: [chosen] }))
  }, file)
}

async function openUpkeep({ page }: TillApp): Promise<void> {
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-upkeep').click()
}

test('an entry settled after the backup is settled again under its number, and redeemed once', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
  await merchant.provision()
  const stick = path.join(merchant.folder, 'stick')
  mkdirSync(stick)
  const till = await launch()
  const { page } = till
  const [code, later = ''] = await sampleCodes(standIn, 'valid')
  // Redeemed at WeChat Pay, with its reply lost while the backup is made.
  await standIn.control.addFault({ kind: 'reset-after-effect', match: { code } })
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('amber', 'no-connection')
  await page.evaluate(() => window.till.outbox.setPaused({ paused: true }))
  await openUpkeep(till)
  await answerDialog(till, stick)
  await page.getByTestId('backup-folder').click()
  await expect(page.getByTestId('backup-state')).toHaveAttribute('data-at', /\d+/)
  const [backup = ''] = readdirSync(stick)
  expect(backup).toMatch(/^hexiao-till-A7-\d{8}-\d{6}\.db$/)

  // A restore is refused while something waits, because it would be lost.
  await answerDialog(till, path.join(stick, backup))
  await page.getByTestId('restore-choose').click()
  await expect(page.getByTestId('restore-fault')).toHaveAttribute('data-code', 'open-here')

  await page.evaluate(() => window.till.outbox.setPaused({ paused: false }))
  await page.keyboard.press('F8')
  await expect(page.locator('[data-waiting="false"]')).toBeVisible()
  await page.getByTestId('go-till').click()
  await waitForScanEnd(page)
  await keyboard.scan(later)
  await expect(page.getByTestId('verdict')).toContainText(later.slice(-4))
  await new TillPage(page).expectVerdict('green', 'redeemed')

  await openUpkeep(till)
  await page.getByTestId('restore-choose').click()
  await expect(page.getByTestId('restore-facts')).toContainText(backup)
  await expectAccessible(till, 'restore')
  await page.getByTestId('restore-confirm').click()
  await expect(page.getByTestId('restored')).toContainText('before-restore-1')
  await expect(page.locator('[data-waiting="false"]')).toBeVisible()
  // What was put aside can be gone back to.
  await page.getByTestId('restore-aside').click()
  await expect(page.getByTestId('restore-facts')).toContainText('before-restore-1')
  // What the backup lacks is queried at WeChat Pay, which knows it.
  await page.getByTestId('go-till').click()
  await keyboard.scan(later)
  await new TillPage(page).expectVerdict('red', 'used-elsewhere')
  const { effects } = await standIn.control.ledger({})
  expect(effects.map((effect) => effect.code).toSorted()).toEqual([code, later].toSorted())
})

test('starting with the computer is the system’s own setting', async ({ keychain, launch }) => {
  const till = await launch()
  const { page } = till
  const file = path.join(keychain.env['XDG_CONFIG_HOME'] ?? '', 'autostart/hexiao-till.desktop')
  await openUpkeep(till)
  await page.getByText(/^(The till starts with it|收银台自动打开)$/).click()
  await expect.poll(() => existsSync(file)).toBe(true)
  const entry = readFileSync(file, 'utf8')
  expect(entry).toMatch(/^Exec=".+electron".*$/m)
  expect(entry).toMatch(/^TryExec=\/.+electron$/m)
  expect(entry).toContain('Type=Application')
  await page.getByText(/^(Start it by hand|手动打开)$/).click()
  await expect.poll(() => existsSync(file)).toBe(false)
})

test('a newer version that IT has published is shown, and nothing is installed', async ({
  launch,
}) => {
  const server = createServer((_request, reply) => {
    reply.end('version: 99.0.0\nreleaseNotes: Faster.\n')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const listening = server.address()
  if (listening === null || typeof listening === 'string') throw new Error('not listening')
  const till = await launch()
  const { page } = till
  await openUpkeep(till)
  await page.getByTestId('update-address').focus()
  await typeAsPerson(page, `http://127.0.0.1:${listening.port}/`)
  await page.getByTestId('tab-about').click()
  await expect(page.getByTestId('leave-question')).toBeVisible()
  await page.getByRole('button', { name: /^(Stay|留下)$/ }).click()
  await page.getByTestId('update-check').click()
  await expect(page.getByTestId('update-found')).toContainText('99.0.0')
  await expect(page.getByTestId('update-found')).toContainText('Faster.')
  // Told on every screen, for as long as the address is kept.
  await page.getByTestId('go-till').click()
  await expect(page.getByTestId('update-notice')).toContainText('99.0.0')
  server.close()
})
