import { setTimeout as delay } from 'node:timers/promises'
import { waitAfterFocus } from '../support/counter-steps.ts'
import type { TillApp } from '../support/till-app.ts'
import { expect, test } from '../support/pos-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('a key combination brings the till in front of another program, ready for a scan', async ({
  standIn,
  till,
  keyboard,
  openPos,
}) => {
  const pos = await openPos()
  await expect.poll(() => keyboard.activeProcess()).toBe(pos.processId)
  const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
  const shortcut = snapshot.ok ? snapshot.value.runtime.shortcut : null
  await keyboard.press(String(shortcut).toLowerCase())
  await expect.poll(() => keyboard.activeProcess()).toBe(till.processId)
  await expectPageHasKeyboard(till)
  const [code] = await sampleCodes(standIn, 'valid')
  await scanCalmly(till, () => keyboard.scan(code))
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
})

test('a second start raises the till', async ({ launch, keyboard, openPos, userDataFolder }) => {
  const till = await launch()
  const pos = await openPos()
  await expect.poll(() => keyboard.activeProcess()).toBe(pos.processId)
  await till.electron.evaluate(({ app }, folder) => {
    app.emit('second-instance', {}, [], folder, null)
  }, userDataFolder)
  await expect.poll(() => keyboard.activeProcess()).toBe(till.processId)
})

test('F11 makes the window small and keeps it on top, with verdict, code and queue; F11 again makes it large', async ({
  standIn,
  till,
  keyboard,
}) => {
  const before = await boundsOf(till)
  await keyboard.press('F11')
  await expect(till.page.getByTestId('compact')).toBeVisible()
  // In the lower right corner of the screen, completely visible.
  await expect(async () => {
    const small = await boundsOf(till)
    expect(small.width).toBeLessThan(500)
    expect(small.onTop).toBe(true)
    expect(small.x + small.width).toBeLessThanOrEqual(before.x + before.width)
    expect(small.x + small.width).toBeGreaterThan(before.x + before.width - 60)
    expect(small.y + small.height).toBeLessThanOrEqual(before.y + before.height + 1)
  }).toPass()

  const [code] = await sampleCodes(standIn, 'valid')
  await scanCalmly(till, () => keyboard.scan(code))
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  await expect(till.page.getByTestId('compact')).toContainText(code.slice(-4))
  await standIn.control.network({ network: 'cut' })
  const [another] = await sampleCodes(standIn, 'no-network')
  await scanCalmly(till, () => keyboard.scan(another))
  await new TillPage(till.page).expectWaiting(1)

  await keyboard.press('F11')
  await expect(till.page.getByTestId('compact')).toBeHidden()
  await expect.poll(async () => (await boundsOf(till)).width).toBe(before.width)
  await expect.poll(async () => (await boundsOf(till)).onTop).toBe(false)
})

test('the small window takes the focus back when nobody uses the other program', async ({
  standIn,
  till,
  keyboard,
  openPos,
}) => {
  await place(till, { compact: true, focusBackMs: 1000 })
  const pos = await openPos()
  await pos.focus('name')
  // Somebody works there for longer than that, and the focus stays there.
  for (let at = 0; at < 6; at += 1) {
    await keyboard.press('a')
    await delay(300)
    expect(await keyboard.activeProcess()).toBe(pos.processId)
  }
  expect((await pos.fields()).name).toBe('aaaaaa')
  await expect.poll(() => keyboard.activeProcess()).toBe(till.processId)
  await expectPageHasKeyboard(till)
  const [code] = await sampleCodes(standIn, 'valid')
  await scanCalmly(till, () => keyboard.scan(code))
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  expect((await pos.fields()).name).toBe('aaaaaa')
})

test('the small window, and that it takes no focus back, is remembered over a restart', async ({
  launch,
}) => {
  const first = await launch()
  await place(first, { compact: true, focusBackMs: null })
  await expect.poll(async () => (await boundsOf(first)).width).toBeLessThan(500)
  await first.close()
  const till = await launch()
  await expect(till.page.getByTestId('compact')).toBeVisible()
  await expect.poll(async () => (await boundsOf(till)).width).toBeLessThan(500)
  // That nothing then takes the focus back is held in test/unit/desktop/focus-return.test.ts.
  const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
  expect(snapshot).toMatchObject({ ok: true, value: { compact: true, focusBackMs: null } })
})

function place(
  till: TillApp,
  change: { compact: boolean; focusBackMs: number | null },
): Promise<unknown> {
  return till.page.evaluate((next) => window.till.preferences.set(next), change)
}

function boundsOf(till: TillApp): Promise<Electron.Rectangle & { onTop: boolean }> {
  return till.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('no window')
    return { ...window.getBounds(), onTop: window.isAlwaysOnTop() }
  })
}

async function expectPageHasKeyboard(till: TillApp): Promise<void> {
  await expect
    .poll(() =>
      till.electron.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.isFocused() ?? false,
      ),
    )
    .toBe(true)
}

async function scanCalmly(till: TillApp, scan: () => Promise<void>): Promise<void> {
  await waitAfterFocus(till.page)
  await scan()
}
