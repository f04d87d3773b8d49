import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const minuteMs = 60_000
const pageBytes = 4096

for (const [minutes, level] of [
  [2, 'soon'],
  [-12, 'urgent'],
] as const)
  test(`a clock ${minutes} min off is shown, and coupons are redeemed all the same`, async ({
    standIn,
    till,
    keyboard,
  }) => {
    const [code] = await sampleCodes(standIn, 'valid')
    await standIn.control.behave({ clockOffsetMs: minutes * minuteMs })
    await keyboard.scan(code)
    const warning = till.page.getByTestId('clock-warning')
    await expect(warning).toHaveAttribute('data-level', level)
    await expect(warning).toContainText(String(Math.abs(minutes)))
    // Far off, it is refused for the time at first, and sent again with the right time.
    await keyboard.press('F8')
    await new TillPage(till.page).expectVerdict('green', 'redeemed')
  })

test('with a damaged file the till opens, keeps the file, and shows what was saved until acknowledged', async ({
  standIn,
  launch,
  keyboard,
  userDataFolder,
}) => {
  const first = await launch()
  const [code, other = ''] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(first.page).expectVerdict('green', 'redeemed')
  await first.close()
  const file = path.join(userDataFolder, 'training/till.db')
  const bytes = readFileSync(file)
  const torn = Math.floor(bytes.indexOf('TRAIN-') / pageBytes) * pageBytes
  bytes.fill(0xa5, torn, torn + pageBytes)
  writeFileSync(file, bytes)

  const { page } = await launch()
  const notice = page.getByTestId('rescue')
  await expect(notice).toContainText(`${file}.damaged-1`)
  expect(existsSync(`${file}.damaged-1`)).toBe(true)
  await notice.getByRole('button').click()
  await expect(notice).toHaveCount(0)
  await keyboard.scan(other)
  await new TillPage(page).expectVerdict('green', 'redeemed')
})
