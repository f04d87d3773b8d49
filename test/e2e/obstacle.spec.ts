import Database from 'better-sqlite3'
import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/live-test.ts'
import { hire } from './staff-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const ownerPin = '2580'

function inRecords<T>(userDataFolder: string, work: (file: Database.Database) => T): T {
  const file = new Database(path.join(userDataFolder, 'live/till.db'))
  try {
    return work(file)
  } finally {
    file.close()
  }
}

test('a till whose staff was deleted from its file stops, and only an owner gets past it', async ({
  merchant,
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
  await merchant.provision()
  const first = await launch()
  await hire(first.page, [
    { name: '王芳', role: 'owner', pin: ownerPin },
    { name: '小陈', role: 'cashier', pin: '8246' },
  ])
  await first.close()
  inRecords(userDataFolder, (file) => file.exec('DELETE FROM staff'))

  const till = await launch()
  const { page } = till
  const obstacle = page.getByTestId('obstacle')
  await expect(obstacle).toHaveAttribute('data-code', 'tampered-staff')
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await expect(page.getByTestId('owner-confirm')).toBeVisible()
  await waitForScanEnd(page)

  const lines = page.getByTestId('owner-confirm').getByRole('alert')
  await keyboard.press(...Array.from('1397'), 'Return')
  await expect(lines).not.toHaveText('')
  await expect(obstacle).toBeVisible()
  await keyboard.press(...Array.from(ownerPin), 'Return')

  // The owner whom the keychain knows is left, and has to sign in like any day.
  await expect(page.getByTestId('lock')).toBeVisible()
  await expect(page.getByTestId('person-tile')).toHaveCount(1)
  expect((await standIn.control.ledger({})).effects).toEqual([])
  await till.close()
  const taken = inRecords(userDataFolder, (file) =>
    file.prepare("SELECT evidence FROM audit WHERE event = 'mismatch-accepted'").pluck().all(),
  )
  expect(taken).toEqual([JSON.stringify({ by: '王芳', why: 'tampered-staff' })])
  const again = await launch()
  await expect(again.page.getByTestId('lock')).toBeVisible()
})

test('a till that sends coupons to another server than WeChat Pay says so on every screen', async ({
  merchant,
  standIn,
  launch,
  keyboard,
}) => {
  await merchant.provision()
  const { page } = await launch()
  const banner = page.getByTestId('foreign-hosts')
  await expect(banner).toContainText(new URL(merchant.origin).host)
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  await expect(banner).toBeVisible()
  await page.getByTestId('go-settings').click()
  await expect(banner).toBeVisible()
  await keyboard.press('F2')
  await expect(page.getByRole('dialog')).toBeVisible()
  await expect(banner).toBeVisible()
})
