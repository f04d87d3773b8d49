import { type Browser, chromium, type Page } from '@playwright/test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { calmPage } from '../support/key-log.ts'
import { expect, test } from '../support/live-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

/** Playwright may wait for ever where the page comes into being while it connects; it does not the next time. */
async function connected(address: string): Promise<Browser> {
  const connect = () => chromium.connectOverCDP(address)
  return connect().catch(connect)
}

/** The practice window is a program of its own, which the live till has started. */
async function practicePage(userDataFolder: string): Promise<Page> {
  const port = path.join(userDataFolder, 'practice', 'DevToolsActivePort')
  await expect.poll(() => existsSync(port)).toBe(true)
  const [number = ''] = readFileSync(port, 'utf8').split('\n')
  const browser = await connected(`http://127.0.0.1:${number}`)
  const [context] = browser.contexts()
  const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
  if (page === undefined) throw new Error('the practice has no window')
  return page
}

test('a live till practises in a window of its own, which cannot be mistaken and reaches nothing live', async ({
  merchant,
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
  await merchant.provision()
  const till = await launch()
  const { page } = till
  const [coupon] = await sampleCodes(standIn, 'valid')
  await page.getByTestId('go-help').click()
  await page.getByTestId('practise').click()
  const practice = await practicePage(userDataFolder)
  await expect(practice.getByTestId('training-banner')).toContainText('PRACTICE')
  await expect(practice.getByTestId('training-banner')).toContainText('培训')
  const frame = await practice.evaluate(
    () => getComputedStyle(document.body, '::after').borderTopWidth,
  )
  expect(frame).toBe('10px')
  // Keys, backups and the move are the live till's.
  await practice.getByTestId('go-settings').click()
  for (const tab of ['merchant', 'upkeep', 'handOver'])
    await expect(practice.getByTestId(`tab-${tab}`)).toHaveCount(0)
  await practice.getByTestId('go-till').click()

  // A real coupon that is scanned while the practice is in front is not redeemed.
  const notYet = [null, till.processId]
  await expect.poll(async () => notYet.includes(await keyboard.inFront())).toBe(false)
  await calmPage(practice)
  await keyboard.scan(coupon)
  await expect(practice.getByTestId('verdict')).toContainText(coupon.slice(-4))
  expect((await standIn.control.ledger({})).effects).toEqual([])
  const asked = await practice.evaluate(async () => {
    const snapshot = await window.till.app.snapshot({})
    const applied = await window.till.setup.state({})
    return [snapshot.ok && snapshot.value.mode, applied.ok && applied.value.saved]
  })
  expect(asked).toEqual(['training', null])

  // A second one only brings the first to the front.
  await page.evaluate(() => window.till.practice.open({}))
  await practice.evaluate(() => window.close())
  await expect.poll(() => keyboard.inFront()).toBe(till.processId)
  await page.getByTestId('go-till').click()
  await keyboard.scan(coupon)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  const { effects } = await standIn.control.ledger({})
  expect(effects.map(({ code }) => code)).toEqual([coupon])
  expect(readdirSync(path.join(userDataFolder, 'practice'))).not.toContain('live')
})
