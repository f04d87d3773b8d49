import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TakenOver } from '../../main/contract/hand-over-requests.ts'
import { appUnderTest } from '../support/app-under-test.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { sampleCodes, TillPage } from './till-page.ts'

async function openPanel({ page }: TillApp): Promise<void> {
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-handOver').click()
  await page.getByRole('textbox', { name: /^(Password|文件密码)/ }).focus()
  await typeAsPerson(page, 'correct horse')
  await page.getByTestId('hand-over-why').fill('换新电脑')
}

function counted(change: Partial<TakenOver>): string {
  return JSON.stringify({ taken: 0, known: 0, closed: 0, review: 0, ...change })
}

test('open redemptions move to another computer and are redeemed there, once', async ({
  standIn,
  till,
  keyboard,
  userDataFolder,
}) => {
  const file = path.join(userDataFolder, 'open.hexiao')
  await standIn.control.samples({})
  const [code] = await sampleCodes(standIn, 'valid')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await new TillPage(till.page).expectWaiting(1)
  await openPanel(till)
  await till.electron.evaluate(({ dialog }, filePath) => {
    Reflect.set(dialog, 'showSaveDialog', async () => ({ canceled: false, filePath }))
  }, file)
  await till.page.getByTestId('hand-over-export').click()
  await expect(till.page.getByTestId('hand-over-said')).toHaveAttribute('data-kind', 'written')
  await new TillPage(till.page).expectWaiting(0)
  // The USB stick is lost: the export is written again from the list.
  const first = readFileSync(file)
  rmSync(file)
  await till.page.getByTestId('hand-over-again').click()
  await expect.poll(() => existsSync(file) && readFileSync(file).equals(first)).toBe(true)

  const otherFolder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-data-'))
  const other = await launchTill({
    ...appUnderTest(),
    env: process.env,
    userDataFolder: otherFolder,
    trainingGateway: standIn.controlOrigin,
  })
  try {
    await openPanel(other)
    await other.electron.evaluate(({ dialog }, filePath) => {
      Reflect.set(dialog, 'showOpenDialog', async () => ({
        canceled: false,
        filePaths: [filePath],
      }))
    }, file)
    await other.page.getByTestId('hand-over-import').click()
    await expect(other.page.getByTestId('hand-over-said')).toHaveAttribute('data-kind', 'taken')
    await standIn.control.network({ network: 'up' })
    await other.page.evaluate(() => window.till.outbox.syncNow({}))
    await till.page.evaluate(() => window.till.outbox.syncNow({}))
    await new TillPage(other.page).expectWaiting(0)
    const { effects } = await standIn.control.ledger({})
    expect(effects.filter((effect) => effect.code === code)).toHaveLength(1)
    // The same file a second time brings nothing new, and the panel shows that.
    await openPanel(other)
    await other.page.getByTestId('hand-over-import').click()
    const said = other.page.getByTestId('hand-over-said').locator('[data-counts]')
    await expect(said).toHaveAttribute('data-counts', counted({ known: 1 }))
    await expect(said).toContainText(/1 张没有变化|1 unchanged/)
    // A file that is no hand-over is reported in words.
    writeFileSync(file, 'HXTILL9\nfrom the future')
    await other.page.getByRole('textbox', { name: /^(Password|文件密码)/ }).focus()
    await typeAsPerson(other.page, 'correct horse')
    await other.page.getByTestId('hand-over-import').click()
    await expect(other.page.getByTestId('hand-over-said')).toContainText(/新版本|newer version/)
  } finally {
    await other.kill()
    rmSync(otherFolder, { recursive: true, force: true, maxRetries: 5 })
  }
})

test('closing the window with open redemptions asks first, and "stay" keeps the till open', async ({
  standIn,
  till,
  keyboard,
}) => {
  const [code] = await sampleCodes(standIn, 'valid')
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await new TillPage(till.page).expectWaiting(1)
  await till.electron.evaluate(({ dialog }) => {
    Reflect.set(globalThis, 'asked', [])
    Reflect.set(
      dialog,
      'showMessageBox',
      async (_window: unknown, options: { message: string }) => {
        const asked: unknown = Reflect.get(globalThis, 'asked')
        if (Array.isArray(asked)) asked.push(options.message)
        return { response: 0 }
      },
    )
  })
  await till.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await expect
    .poll(() => till.electron.evaluate(() => Reflect.get(globalThis, 'asked')))
    .toEqual([expect.stringContaining('1')])
  await expect(till.page.getByTestId('queue-count')).toBeVisible()
})
