import type { KeyStroke } from '../../renderer/scanner/key-stroke.ts'
import { seeded } from '../bench/corpus/random.ts'
import { playScan, usbScanner, type ScannerModel } from '../bench/corpus/scanner-model.ts'
import { stroke } from '../bench/corpus/strokes.ts'
import { counterOf, waitForScanEnd } from '../support/counter-steps.ts'
import { restInPage } from '../support/rest-in-page.ts'
import type { TillApp } from '../support/till-app.ts'
import { expect, test } from '../support/training-test.ts'
import { sampleCodes, TillPage } from './till-page.ts'

/** What scanners in the field send (docs/scanner.md), typed by the X server into the till itself. */
function typed(text: string, model: Partial<ScannerModel> = {}): KeyStroke[] {
  const scanner = { ...usbScanner, msPerKey: 8, jitter: 0.05, ...model }
  return [...playScan(text, 0, scanner, seeded(1)).strokes]
}

/** The same keys with one more before the first of them at or after `from` ms, at the pace of the scan. */
function withKey(strokes: readonly KeyStroke[], from: number, key: Key, msPerKey = 8): KeyStroke[] {
  const index = strokes.findIndex(({ type, at }) => type === 'keydown' && at >= from)
  const at = strokes[index]?.at ?? 0
  const ctrl = key.ctrl === true
  const press = [
    ...(ctrl ? [stroke('keydown', at, 'ControlLeft', 'Control', { ctrl })] : []),
    stroke('keydown', at, key.code, key.key, { ctrl }),
    stroke('keyup', at + 3, key.code, key.key, { ctrl }),
    ...(ctrl ? [stroke('keyup', at + 3, 'ControlLeft', 'Control')] : []),
  ]
  const later = strokes.slice(index).map((each) => ({ ...each, at: each.at + msPerKey }))
  return [...strokes.slice(0, index), ...press, ...later]
}

interface Key {
  readonly code: string
  readonly key: string
  readonly ctrl?: boolean
}

/** Each acts on the program when a person presses it. */
const programKeys: readonly Key[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12].map((at) => ({ code: `F${at}`, key: `F${at}` })),
  { code: 'Escape', key: 'Escape' },
  ...['w', 'r', 't', 'q'].map((key) => ({ code: `Key${key.toUpperCase()}`, key, ctrl: true })),
]

/** Everything that a stray key of a scan has changed in the past. */
async function stateOf({ page }: TillApp) {
  const snapshot = await page.evaluate(() => window.till.app.snapshot({}))
  if (!snapshot.ok) throw new Error('the till told no snapshot')
  const { language, compact, training } = snapshot.value
  return {
    language,
    compact,
    training,
    dialogs: await page.getByRole('dialog').count(),
    isOnTill: await page.getByTestId('verdict').isVisible(),
  }
}

const betweenScansMs = 700

test('control characters are left out around a code, and make no code of another one', async ({
  standIn,
  till,
  keyboard,
}) => {
  const [one, two = ''] = await sampleCodes(standIn, 'valid')
  const screen = new TillPage(till.page)
  const verdict = till.page.getByTestId('verdict')
  for (const control of ['\u0000', '\u001E', '\u001F']) {
    // 21 digits and a digit key under Ctrl looked like a code of 22.
    await keyboard.play(typed(one.slice(0, 21) + control))
    await expect(verdict).toHaveAttribute('data-reason', 'misread')
    await restInPage(till.page, betweenScansMs)
  }
  expect((await standIn.control.ledger({})).effects).toEqual([])
  await keyboard.play(typed(`\u001D${one}\u001D`, { separator: 'f8' }))
  await screen.expectVerdict('green', 'redeemed')
  await restInPage(till.page, betweenScansMs)
  await keyboard.play(typed(`\u0002${two}\u0003`))
  await screen.expectVerdict('green', 'redeemed')
  await expect.poll(async () => (await standIn.control.ledger({})).effects.length).toBe(2)
})

const places = [
  ['at the start', 0, 8, programKeys],
  // Within a scan the decoder asks nothing but whether a key is a character: half of them each.
  ['within', 60, 8, programKeys.filter((_, at) => at % 2 === 0)],
  ['within a slow scan', 300, 40, programKeys.filter((_, at) => at % 2 === 1)],
] as const

test('a key that acts on the program does nothing at the start of a scan, nor within one', async ({
  till,
  keyboard,
}) => {
  const before = await stateOf(till)
  for (const [where, from, msPerKey, keys] of places)
    for (const key of keys) {
      const { revision } = await counterOf(till.page)
      const strokes = typed('NO-COUPON-17', { msPerKey })
      await keyboard.play(withKey(strokes, from, key, msPerKey))
      // The scan was judged; a key that may stand alone acts a little later.
      await expect.poll(async () => (await counterOf(till.page)).revision).toBeGreaterThan(revision)
      await restInPage(till.page, betweenScansMs)
      expect(await stateOf(till), `${where}, after ${key.code}`).toEqual(before)
    }
  // A person's key still acts.
  await keyboard.press('F2')
  await expect(till.page.getByRole('dialog')).toBeVisible()
})

for (const terminator of ['enter-twice', 'crlf', 'tab-enter', 'enter-arrow', 'ctrl-enter'] as const)
  test(`a scan that ends with ${terminator} is read and presses no focused button`, async ({
    standIn,
    till,
    keyboard,
  }) => {
    const [one, two = ''] = await sampleCodes(standIn, 'valid')
    const button = till.page.getByTestId('training-network')
    for (const [code, msPerKey] of [
      [one, 8],
      [two, 75],
    ] as const) {
      await button.focus()
      // What follows at once on a change of focus may be the end of a scan that began elsewhere.
      await restInPage(till.page, betweenScansMs)
      await keyboard.play(typed(code, { terminator, msPerKey }))
      await new TillPage(till.page).expectVerdict('green', 'redeemed')
      await restInPage(till.page, betweenScansMs)
    }
    await new TillPage(till.page).expectConnection('online')
  })

test('a Bluetooth scanner at 110 and 140 ms a key is read, and leaves nothing in the field', async ({
  standIn,
  till,
  keyboard,
}) => {
  const [one, two = ''] = await sampleCodes(standIn, 'valid')
  const screen = new TillPage(till.page)
  await keyboard.play(typed(one, { msPerKey: 110 }))
  await screen.expectVerdict('green', 'redeemed')
  await waitForScanEnd(till.page)
  await keyboard.press('F2')
  await expect(till.page.getByRole('dialog')).toBeVisible()
  await waitForScanEnd(till.page)
  await keyboard.play(typed(two, { msPerKey: 140 }))
  await expect.poll(async () => (await standIn.control.ledger({})).effects.length).toBe(2)
})
