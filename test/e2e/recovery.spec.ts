import { readFileSync } from 'node:fs'
import path from 'node:path'
import { killProgramsOn } from '../support/kill-programs.ts'
import { expect, test } from '../support/training-test.ts'
import { expectRedeemedWith, leaveWaiting } from './lost-page-steps.ts'
import { sampleCodes } from './till-page.ts'

test('a page that crashed comes back with what was recorded, and accepts scans again', async ({
  standIn,
  till,
  keyboard,
}) => {
  const [first, second = ''] = await sampleCodes(standIn, 'valid')
  await leaveWaiting({ standIn, keyboard }, till.page, first)

  const reloaded = till.electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => resolve())
        contents?.forcefullyCrashRenderer()
      }),
  )
  await reloaded
  // The test driver lost the page with its process, so that the till is read over its own bridge.
  await expect
    .poll(() =>
      till.electron.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.isFocused(),
      ),
    )
    .toBe(true)
  await expectRedeemedWith({ standIn, keyboard }, first, second)
})

test('a second start raises the first till and opens no other', async ({ till, launch }) => {
  await expect(launch()).rejects.toThrow()
  const windows = await till.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  )
  expect(windows).toEqual([true])
})

test('an unexpected fault restarts the program, and what was scanned is there', async ({
  standIn,
  till,
  keyboard,
  userDataFolder,
}) => {
  const [code] = await sampleCodes(standIn, 'valid')
  await leaveWaiting({ standIn, keyboard }, till.page, code)
  await standIn.control.network({ network: 'up' })
  const log = (): string => readFileSync(path.join(userDataFolder, 'logs', 'till.log'), 'utf8')
  const gone = new Promise<void>((resolve) => till.electron.process().once('exit', resolve))
  await till.electron
    .evaluate(() => {
      setTimeout(() => {
        throw new TypeError('planted')
      })
    })
    .catch(() => undefined)
  await gone
  expect(log()).toContain('program.fault')
  try {
    // The restarted program has no test driver: its effect is seen at the stand-in.
    await expect
      .poll(async () => (await standIn.control.ledger({})).effects.map((effect) => effect.code))
      .toEqual([code])
    await expect.poll(() => log().match(/app\.started/g)).toHaveLength(2)
  } finally {
    killProgramsOn(userDataFolder)
  }
})
