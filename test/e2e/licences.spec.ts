import { expect, test } from '../support/training-test.ts'
import { expectAccessible } from './expect-accessible.ts'

test('About lists every part of the program, and each opens to its terms', async ({ till }) => {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-about').click()
  const list = page.getByTestId('licences')
  for (const name of ['electron', 'react', 'zod', 'better-sqlite3'])
    await expect(list.getByText(name, { exact: true })).toBeVisible()
  const zod = list.locator('details').filter({ has: page.getByText('zod', { exact: true }) })
  await expect(zod.locator('pre')).toBeHidden()
  await zod.locator('summary').click()
  await expect(zod.locator('pre')).toContainText('Permission is hereby granted')
  await expectAccessible(till, 'about')
})
