import { expect, test } from '@playwright/test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { appUnderTest } from '../support/app-under-test.ts'
import { launchTill } from '../support/till-app.ts'

test('the program as it is built opens its own copy, in a folder of its own, and no till', async () => {
  const userDataFolder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-office-start-'))
  const office = await launchTill({
    ...appUnderTest(),
    userDataFolder,
    env: process.env,
    switches: ['office'],
    until: 'begin',
  })
  const { page } = office
  await page.getByTestId('begin-name').fill('陈姐')
  await page.getByTestId('new-pin-shown').check()
  await page.locator('[role=textbox]').last().click()
  await page.keyboard.type('270318')
  await page.getByTestId('begin-submit').click()
  await page.getByTestId('attach').waitFor()
  await expect(page.getByTestId('connection')).toHaveAttribute('data-state', 'not-attached')
  expect(readdirSync(path.join(userDataFolder, 'office'))).toEqual(
    expect.arrayContaining(['office.db', 'people.json']),
  )
  // What a till would have made.
  expect(readdirSync(userDataFolder)).not.toContain('training')
  await office.close()
  rmSync(userDataFolder, { recursive: true, force: true, maxRetries: 5 })
})
