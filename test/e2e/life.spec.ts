import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { expect, test } from '../support/training-test.ts'
import type { TillApp } from '../support/till-app.ts'
import { expectRedeemedWith, leaveWaiting } from './lost-page-steps.ts'
import { sampleCodes, TillPage } from './till-page.ts'

function processOf(till: TillApp, type: string): Promise<number | null> {
  return till.electron.evaluate(
    ({ app }, wanted) => app.getAppMetrics().find((each) => each.type === wanted)?.pid ?? null,
    type,
  )
}

/** Expects the note of a process that ended. It is written after the process that replaces it has begun. */
async function expectCrash(userDataFolder: string, name: RegExp): Promise<void> {
  await expect(() =>
    expect(readdirSync(path.join(userDataFolder, 'crashes')).join(' ')).toMatch(name),
  ).toPass()
}

test('a page that hangs is back with what was recorded, and takes scans', async ({
  standIn,
  till,
  keyboard,
  userDataFolder,
}) => {
  const [first, second = ''] = await sampleCodes(standIn, 'valid')
  await leaveWaiting({ standIn, keyboard }, till.page, first)
  const back = till.electron.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const from = performance.now()
    return new Promise<number>((resolve) => {
      contents?.once('did-finish-load', () => resolve(performance.now() - from))
      void contents?.executeJavaScript('for (;;);').catch(() => undefined)
    })
  })
  // When it is noticed is held in watch-page.test.ts; here a busy machine has its time. Chromium itself takes far longer.
  expect(await back).toBeLessThan(25_000)
  await expectRedeemedWith({ standIn, keyboard }, first, second)
  const log = () => readFileSync(path.join(userDataFolder, 'logs/till.log'), 'utf8')
  await expect.poll(log).toContain('"reason":"hung"')
  await expectCrash(userDataFolder, /-page\.json\b/)
  // What SIGTERM ends in any state, it ends after that too.
  const gone = new Promise<void>((resolve) => till.electron.process().once('exit', resolve))
  process.kill(till.processId, 'SIGTERM')
  await gone
})

test('without its graphics process the till goes on, and the screen stays on while a shift is open', async ({
  standIn,
  till,
  keyboard,
  userDataFolder,
}) => {
  const isAwake = (): Promise<boolean> =>
    till.electron.evaluate(({ powerSaveBlocker }) =>
      [0, 1, 2, 3].some((id) => powerSaveBlocker.isStarted(id)),
    )
  expect(await isAwake()).toBe(false)
  await till.page.evaluate(() => window.till.shift.open({}))
  await expect.poll(isAwake).toBe(true)
  const gpu = await processOf(till, 'GPU')
  if (gpu !== null) process.kill(gpu, 'SIGKILL')
  await expect.poll(() => processOf(till, 'GPU')).not.toBe(gpu)
  const [code] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(code)
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  if (gpu !== null) await expectCrash(userDataFolder, /-GPU\.json\b/)
})

test('a second monitor shows the customer what counted, without taking the keyboard, and goes with it', async ({
  standIn,
  till,
  keyboard,
}) => {
  const [code, other = ''] = await sampleCodes(standIn, 'valid')
  await till.page.evaluate(() => window.till.preferences.set({ customerDisplay: true }))
  const customers = (): Promise<readonly string[]> =>
    till.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().flatMap(({ webContents }) => {
        const url = webContents.getURL()
        return url.startsWith('data:') ? [decodeURIComponent(url)] : []
      }),
    )
  const plug = (isIn: boolean): Promise<void> =>
    till.electron.evaluate(({ screen }, there) => {
      const [own] = [screen.getPrimaryDisplay()]
      const bounds = { ...own.bounds, x: own.bounds.x + own.bounds.width }
      const second = { ...own, id: own.id + 1, bounds, workArea: bounds }
      Reflect.set(screen, 'getAllDisplays', () => (there ? [own, second] : [own]))
      screen.emit(there ? 'display-added' : 'display-removed', {}, second)
    }, isIn)
  expect(await customers()).toEqual([])
  await plug(true)
  await expect.poll(customers).toEqual([expect.stringContaining('欢迎光临')])
  await keyboard.scan(code)
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  await expect.poll(async () => (await customers()).join()).toContain('✓')
  const [shown = ''] = await customers()
  expect(shown).toContain('Practice')
  expect(shown).not.toContain(code.slice(-4))
  // The keyboard stayed with the till: the next scan goes there.
  await waitForScanEnd(till.page)
  await keyboard.scan(other)
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  await expect(till.page.getByTestId('verdict')).toContainText(other.slice(-4))
  await plug(false)
  await expect.poll(customers).toEqual([])
})
