import { merchantCode, standardCode } from '../bench/corpus/codes.ts'
import { people, typeText } from '../bench/corpus/person-model.ts'
import { seeded } from '../bench/corpus/random.ts'
import { hasInputMethod, type InputMethod } from '../support/input-method.ts'
import type { ScannerPage } from '../support/scanner-page.ts'
import { expect, inputMethodTest as test } from '../support/scanner-test.ts'
import type { XKeyboard } from '../support/x-keyboard.ts'

/** Number of codes; `SCANNER_CODES=1000` for the long run. */
const codes = Number(process.env['SCANNER_CODES'] ?? 8)
const paces = [0, 2, 5, 12, 2, 30]

test.skip(
  !hasInputMethod(),
  'fcitx5 with fcitx5-chinese-addons and fcitx5-frontend-gtk3 is not here',
)

for (const place of ['nothing', 'code'] as const) {
  test(`with pinyin on and ${place} in focus every code is read`, async ({
    scannerPage,
    scanner,
    inputMethod,
  }) => {
    test.setTimeout(240_000 + codes * 2000)
    const random = seeded(9)
    await writeChinese(scannerPage, scanner, inputMethod)
    await scannerPage.focus(place)
    await inputMethod.turnOn()
    const sent: string[] = []
    for (let at = 0; at < codes; at += 1) {
      const code = at % 2 === 0 ? merchantCode(random) : standardCode(random)
      sent.push(code)
      await scanUntilRead(scannerPage, scanner, code, paces[at % paces.length] ?? 2)
    }
    const { scans, rejected, typed } = await scannerPage.log()
    expect({ scans, typed }).toEqual({ scans: sent, typed: [] })
    // A busy computer may blur a scan, which then has to be refused; but not many of them.
    expect(rejected.length).toBeLessThanOrEqual(codes / 4)
    expect((await scannerPage.fields()).code).toBe('')
  })
}

test('with pinyin on, the code field accepts what a person types', async ({
  scannerPage,
  scanner,
  inputMethod,
}) => {
  await writeChinese(scannerPage, scanner, inputMethod)
  await scannerPage.focus('code')
  await inputMethod.turnOn()
  await scanner.play(typeText('nihao 42', 0, people.practised, seeded(2)).strokes)
  await expect.poll(async () => (await scannerPage.fields()).code).toBe('nihao 42')
})

test('a scan into a Chinese text field yields no code, leaves no trace, and is reported', async ({
  scannerPage,
  scanner,
  inputMethod,
}) => {
  test.setTimeout(240_000 + codes * 3000)
  const random = seeded(11)
  await writeChinese(scannerPage, scanner, inputMethod)
  const before = await scannerPage.fields()
  for (let at = 0; at < codes; at += 1) {
    await pause(400)
    await scannerPage.clearLog()
    const code = merchantCode(random)
    await scanner.scan(code, paces[at % paces.length] ?? 2)
    // Under load the last events of a scan wait for the next one before they reach the page; this key has no meaning.
    await scanner.press('Control_L')
    await expect
      .poll(async () => {
        const { scans, rejected, strokes } = await scannerPage.log()
        const isDelivered = strokes.some(({ type, key }) => type === 'keyup' && key === 'Control')
        const isTold = scans.length + rejected.length > 0
        return isDelivered && isTold && scans.every((text) => text === code)
      }, `scan ${at} of ${code}`)
      .toBe(true)
    await pause(500)
    expect(await scannerPage.fields(), `scan ${at} of ${code}`).toEqual(before)
    expect((await scannerPage.log()).submitted).toBe(0)
  }
})

/** Types Chinese words into the name field, which shows that the input method is on. */
async function writeChinese(
  scannerPage: ScannerPage,
  scanner: XKeyboard,
  inputMethod: InputMethod,
): Promise<void> {
  await scannerPage.focus('name')
  await expect.poll(() => inputMethod.turnOn()).toBe(true)
  await scanner.play(typeText('nihao ', 0, people.usual, seeded(3)).strokes)
  await expect.poll(async () => (await scannerPage.fields()).name).toMatch(/^\p{Script=Han}+$/u)
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}

/** Scans a code, and once more where it was refused, as a cashier does. */
async function scanUntilRead(
  scannerPage: ScannerPage,
  scanner: XKeyboard,
  code: string,
  msPerKey: number,
): Promise<void> {
  const before = (await scannerPage.log()).scans.length
  for (let time = 0; time < 3; time += 1) {
    const told = await toldBy(scannerPage)
    await scanner.scan(code, msPerKey)
    await expect.poll(() => toldBy(scannerPage)).toBeGreaterThan(told)
    if ((await scannerPage.log()).scans.length > before) return
    await pause(1000)
  }
}

/** Returns how many scans were read or refused. */
async function toldBy(scannerPage: ScannerPage): Promise<number> {
  const { scans, rejected } = await scannerPage.log()
  return scans.length + rejected.length
}
