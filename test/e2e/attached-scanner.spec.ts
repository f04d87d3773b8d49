import { waitAfterFocus, waitForScanEnd } from '../support/counter-steps.ts'
import { test as posTest, expect } from '../support/pos-test.ts'
import { hasSerialLine, openSerialLine, type SerialLine } from '../support/serial-line.ts'
import type { TillApp } from '../support/till-app.ts'
import { sampleCodes, TillPage } from './till-page.ts'

const test = posTest.extend<{ line: SerialLine }>({
  line: async ({}, use) => {
    const line = await openSerialLine()
    await use(line)
    await line.close()
  },
})

test.skip(!hasSerialLine(), 'socat is not here')

test('a serial scanner is read while another program has the keyboard, and is remembered over a restart', async ({
  standIn,
  launch,
  keyboard,
  openPos,
  line,
}) => {
  const first = await launch()
  await connect(first, line.port)
  await first.close()
  const till = await launch()
  await expectState(till, 'connected')
  const pos = await openPos()
  await pos.focus('name')
  await expect.poll(() => keyboard.activeProcess()).toBe(pos.processId)

  const codes = await sampleCodes(standIn, 'valid')
  for (const code of codes) {
    await waitAfterFocus(till.page)
    line.send(`]Q3${code}\r\n`)
    await new TillPage(till.page).expectVerdict('green', 'redeemed')
    await expect(till.page.getByTestId('verdict')).toContainText(code.slice(-4))
  }
  const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
  const recent = snapshot.ok ? snapshot.value.recent : []
  expect(recent.map(({ codeTail, source }) => [codeTail, source])).toEqual(
    codes.toReversed().map((code) => [code.slice(-4), 'serial']),
  )
  const { effects } = await standIn.control.ledger({})
  expect(effects.length).toBe(codes.length)
  // The other program still has the keyboard, and nothing was typed into it.
  expect(await keyboard.activeProcess()).toBe(pos.processId)
  expect((await pos.log()).strokes).toEqual([])
})

test('half a code is rejected, and so is the half that follows', async ({
  standIn,
  till,
  line,
}) => {
  await connect(till, line.port)
  const [code] = await sampleCodes(standIn, 'valid')
  await waitAfterFocus(till.page)
  line.send(code.slice(0, 9))
  await expect(till.page.getByTestId('verdict')).toHaveAttribute('data-reason', 'misread')
  line.send(`${code.slice(9)}\r`)
  await expect(till.page.getByTestId('verdict')).toHaveAttribute('data-reason', 'misread')
  await waitForScanEnd(till.page)
  line.send(`${code}\r`)
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
  expect((await standIn.control.ledger({})).effects.length).toBe(1)
})

test('an unplugged scanner is shown as missing, and is found again', async ({
  standIn,
  till,
  line,
}) => {
  await connect(till, line.port)
  await line.unplug()
  await expectState(till, 'absent')
  await expect(till.page.getByTestId('scanner-health')).toHaveAttribute(
    'data-note',
    'not-connected',
  )
  await line.plug()
  await expectState(till, 'connected')
  const [code] = await sampleCodes(standIn, 'valid')
  await waitAfterFocus(till.page)
  line.send(`${code}\r`)
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
})

test('a missing HID-POS scanner is searched for, and the keyboard goes on working', async ({
  standIn,
  till,
  keyboard,
}) => {
  await till.page.evaluate(() =>
    window.till.preferences.set({ scannerConnection: { kind: 'hid' } }),
  )
  await expectState(till, 'absent')
  const [code] = await sampleCodes(standIn, 'valid')
  await waitAfterFocus(till.page)
  await keyboard.scan(code)
  await new TillPage(till.page).expectVerdict('green', 'redeemed')
})

async function connect(till: TillApp, path: string): Promise<void> {
  await till.page.evaluate(
    (port) =>
      window.till.preferences.set({
        scannerConnection: { kind: 'serial', path: port, baudRate: 9600 },
      }),
    path,
  )
  await expectState(till, 'connected')
}

async function expectState(till: TillApp, state: string): Promise<void> {
  await expect
    .poll(async () => {
      const snapshot = await till.page.evaluate(() => window.till.app.snapshot({}))
      return snapshot.ok && snapshot.value.scannerState
    })
    .toBe(state)
}
