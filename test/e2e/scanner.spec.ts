import { anyCode } from '../bench/corpus/codes.ts'
import { lines, people, typeText } from '../bench/corpus/person-model.ts'
import { between, pick, seeded, type Random } from '../bench/corpus/random.ts'
import { expect, scannerTest as test } from '../support/scanner-test.ts'

/** Number of codes; `SCANNER_CODES=1000` for the long run. */
const codes = Number(process.env['SCANNER_CODES'] ?? 20)
/** Share of scans that a busy computer may spoil. */
const mostRefused = 0.1
const usualMsPerKey = 5
/** Milliseconds per key, the fast ones more often: a code at 80 takes two seconds. */
const paces = [0, 0, 0, 2, 2, 5, 5, 12, 12, 30, 0, 2, 5, 12, 30, 80]

test('codes of every form are read at every pace, with a person typing in between', async ({
  scannerPage,
  scanner,
}) => {
  test.setTimeout(240_000 + codes * 2500)
  const random = seeded(5)
  const sent: string[] = []
  const told = async () => {
    const { scans, rejected } = await scannerPage.log()
    return scans.length + rejected.length
  }
  for (let at = 0; at < codes; at += 1) {
    const code = anyCode(random)
    // Caps Lock is toggled every twelve codes.
    if (at % 12 === 11) await scanner.press('Caps_Lock')
    const before = await told()
    await scanner.scan(code, paceFor(code, paces[at % paces.length] ?? 0))
    sent.push(code)
    if (at % 3 === 0) await scanner.play(typing(random))
    else await pause(between(random, 60, 140))
    await expect.poll(told).toBeGreaterThan(before)
    const { scans } = await scannerPage.log()
    // A busy computer may hold keys up so that they look like those of two scanners: then a cashier scans again.
    if (scans.length < sent.length) await scanner.scan(code, usualMsPerKey)
    await expect.poll(async () => (await scannerPage.log()).scans.length).toBe(sent.length)
  }
  if (Math.floor(codes / 12) % 2 === 1) await scanner.press('Caps_Lock')
  const { scans, rejected, typed, clicks, submitted } = await scannerPage.log()
  expect({ scans, typed, clicks, submitted }).toEqual({
    scans: sent,
    typed: [],
    clicks: 0,
    submitted: 0,
  })
  expect(rejected.length, 'scans refused').toBeLessThanOrEqual(codes * mostRefused)
})

test('no scan presses the focused button or fills the field', async ({ scannerPage, scanner }) => {
  await scannerPage.focus('button')
  await scanner.scan('12 34 56 78 90', 2)
  await scannerPage.focus('code')
  await scanner.scan('1009998888777766665555', 2)
  await scannerPage.focus('name')
  await scanner.play(typeText('ab', 0, people.usual, seeded(1)).strokes)
  await pause(300)
  for (const [at, pace] of [0, 2, 12, 30, 80].entries()) {
    await scanner.scan(`100999888877776666555${at}`, pace)
    await pause(300)
  }
  await expect
    .poll(async () => {
      const { scans, rejected } = await scannerPage.log()
      return scans.length + rejected.length
    })
    .toBe(7)
  const { rejected } = await scannerPage.log()
  expect(rejected.length, 'scans that a busy computer spoilt').toBeLessThanOrEqual(2)
  expect(await scannerPage.fields()).toEqual({ code: '', name: 'ab', nameState: 'ab', note: '' })
  expect(await scannerPage.log()).toMatchObject({ typed: [], clicks: 0, submitted: 0 })
})

test('what a person types arrives in every field, key by key', async ({ scannerPage, scanner }) => {
  for (const person of [people.usual, people.practised, people.racing]) {
    const { strokes } = typeText('wxe3492', 0, person, seeded(7))
    for (const field of ['code', 'name'] as const) {
      await scannerPage.focus(field)
      await scanner.press('ctrl+a', 'BackSpace')
      await scanner.play(strokes)
      await expect.poll(async () => (await scannerPage.fields())[field]).toBe('wxe3492')
    }
  }
  expect(await scannerPage.log()).toMatchObject({ scans: [], rejected: [] })
})

test('a scan that began in another window is told apart from a complete one', async ({
  scannerPage,
  scanner,
}) => {
  await scannerPage.openOther()
  await expect.poll(() => scannerPage.hasFocus()).toBe(false)
  const scan = scanner.scan('1009998888777766665555', 20)
  await pause(180)
  await scanner.focus(scannerPage.processId)
  await scan
  await pause(500)
  expect((await scannerPage.log()).scans).toEqual([])
})

test('three codes scanned from the screen calibrate the scanner, and show what to fix', async ({
  scannerPage,
  scanner,
}) => {
  await scannerPage.openCalibration()
  const drawn: string[] = []
  for (let step = 0; step < 3; step += 1) {
    const before = drawn.at(-1) ?? null
    await expect.poll(async () => (await scannerPage.calibration()).code).not.toBe(before)
    const { code } = await scannerPage.calibration()
    drawn.push(code ?? '')
    await scanner.scan(code ?? '', 12)
  }
  await expect.poll(async () => (await scannerPage.calibration()).findings).toBe('')
  // The save button can be reached and pressed with the keyboard: keys are no longer intercepted.
  await scanner.press('Tab', 'Return')
  await expect
    .poll(async () => (await scannerPage.calibration()).profile)
    .toMatchObject({ terminator: 'enter', layout: 'auto', prefix: '', suffix: '' })
})

/** Closer than a USB keyboard is polled, only the form of a code proves that a scanner sent it. */
function paceFor(code: string, msPerKey: number): number {
  return /^\d{22}$/u.test(code) ? msPerKey : Math.max(msPerKey, 2)
}

function typing(random: Random) {
  const person = pick(random, [people.usual, people.practised])
  return typeText(lines(random, 1), 0, person, random).strokes
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
