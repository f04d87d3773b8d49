import { expect, type Page } from '@playwright/test'
import type { CounterView, Verdict } from '../../main/contract/counter.ts'
import type { TimelineStep } from '../../main/contract/history.ts'
import type { ShopSettings } from '../../main/contract/shop-settings.ts'
import type { Language } from '../../main/contract/language.ts'
import type { Coupon, Stock } from '../../main/training/world.ts'
import { restInPage } from './rest-in-page.ts'
import type { SpawnedStandIn } from './spawn-stand-in.ts'

const dayMs = 86_400_000

/** Batches of the stand-in: 满100减20, 满50打88折, and 热豆浆一杯 for ¥1. */
export const batches = {
  twentyOff: '1200000000000101',
  twelvePercent: '1200000000000102',
  soyMilk: '1200000000000103',
} as const

/** Returns another batch of the merchant, such as one with codes of the merchant's own. */
export function newBatch(of: Pick<Stock, 'stockId' | 'name'> & Partial<Stock>): Stock {
  return {
    mchid: '1900000109',
    kind: 'NORMAL',
    goodsName: '全场商品',
    codeMode: 'WECHATPAY_MODE',
    discountFen: null,
    payPercent: null,
    exchangePriceFen: null,
    thresholdFen: 0,
    availableFrom: Date.now() - dayMs,
    availableUntil: Date.now() + dayMs,
    ...of,
  }
}

/** Has the stand-in issue unused coupons with these codes. */
export async function issueCoupons(
  standIn: SpawnedStandIn,
  stockId: string,
  codes: readonly string[],
  stocks: readonly Stock[] = [],
): Promise<void> {
  const coupons = codes.map((code): Coupon => ({
    code,
    stockId,
    openid: `o${code}`,
    state: 'SENDED',
    availableFrom: Date.now() - dayMs,
    availableUntil: Date.now() + dayMs,
    receivedAt: Date.now() - dayMs,
    use: null,
    returned: null,
    trouble: null,
    firstTriedAt: null,
  }))
  await standIn.control.putCoupons({ stocks: [...stocks], coupons })
}

/** Returns a code of 22 digits, as WeChat Pay issues them. It ends with the number, which is what a cashier sees. */
export function codeOf(number: number): string {
  return `1201059453000000${String(number).padStart(6, '0')}`
}

/** Saves the shop's settings as its owner would, which closes the till and opens it again. */
export async function changeShopSettings(
  page: Page,
  change: (settings: ShopSettings) => Partial<ShopSettings>,
): Promise<void> {
  const read = await page.evaluate(() => window.till.settings.read({}))
  if (!read.ok) throw new Error(read.error.code)
  const next = { ...read.value, ...change(read.value) }
  const saved = await page.evaluate((settings) => window.till.settings.save(settings), next)
  expect(saved).toMatchObject({ ok: true })
}

/** Returns the counter as the page was told. */
export async function counterOf(page: Page): Promise<CounterView> {
  const snapshot = await page.evaluate(() => window.till.app.snapshot({}))
  if (!snapshot.ok) throw new Error(snapshot.error.code)
  return snapshot.value.counter
}

/** WeChat Pay redeemed the coupon, and the cashier is told to give the discount. */
export const given = { tone: 'green', reason: 'redeemed', instruction: 'give' } as const
/** There is no connection, and nothing is known of the coupon yet. */
export const held = { tone: 'amber', reason: 'no-connection', instruction: 'not-yet' } as const

export async function expectVerdict(
  page: Page,
  { tone, reason, instruction }: Pick<Verdict, 'tone' | 'reason' | 'instruction'>,
): Promise<void> {
  const panel = page.getByTestId('verdict')
  await expect(panel).toHaveAttribute('data-reason', reason)
  await expect(panel).toHaveAttribute('data-instruction', instruction)
  await expect(panel).toHaveAttribute('data-tone', tone)
}

/** Expects these words in one place in both languages. The language is English afterwards. */
export async function expectWords(
  page: Page,
  testId: string,
  words: Readonly<Record<Language, string | RegExp>>,
): Promise<void> {
  await inBothLanguages(page, async (language) => {
    await expect(page.getByTestId(testId).first()).toHaveText(words[language])
  })
}

/** Calls `look` once in Chinese and once in English. */
export async function inBothLanguages(
  page: Page,
  look: (language: Language) => Promise<void>,
): Promise<void> {
  for (const language of ['zh-CN', 'en'] as const) {
    await page.evaluate((next) => window.till.preferences.set({ language: next }), language)
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
    await look(language)
  }
}

/** Returns what the cashier was told about the redemption shown, in order. */
export async function tellingsOf(page: Page): Promise<NonNullable<TimelineStep['told']>[]> {
  const { shown } = await counterOf(page)
  const useRequestNo = shown?.verdict?.redemption?.useRequestNo ?? ''
  const read = await page.evaluate((asked) => window.till.history.detail(asked), { useRequestNo })
  if (!read.ok || read.value === null) throw new Error('no such redemption')
  return read.value.timeline.flatMap(({ told }) => told ?? [])
}

/** Waits until a key is no longer taken for part of the scan before it, nor a scan for the rest of what was typed. */
export async function waitForScanEnd(page: Page): Promise<void> {
  await restInPage(page, 1100)
}

/** Waits until a scan can be trusted after a change of focus, which may have cost it its beginning. */
export async function waitAfterFocus(page: Page): Promise<void> {
  await restInPage(page, 300)
}

/** Waits until the same code counts as another presentation; within three seconds of its scan it would not. */
export async function waitOutDoubleScan(page: Page): Promise<void> {
  await restInPage(page, 3200)
}

/** Expects these tones, by their pitches in Hz, and none other since the last ones that were expected or skipped. */
interface HeardTones {
  expect(...pitches: readonly number[]): Promise<void>
  skip(): Promise<void>
}

/** Records the page's tones from now on. */
export async function recordTones(page: Page): Promise<HeardTones> {
  await page.evaluate(() => {
    const pitches: number[] = []
    const Real = window.OscillatorNode
    Reflect.set(window, 'pitches', pitches)
    window.OscillatorNode = class extends Real {
      constructor(context: BaseAudioContext, options?: OscillatorOptions) {
        super(context, options)
        pitches.push(options?.frequency ?? 0)
      }
    }
  })
  const all = (): Promise<number[]> =>
    page.evaluate(() => {
      const pitches: unknown = Reflect.get(window, 'pitches')
      return Array.isArray(pitches) ? pitches.map(Number) : []
    })
  let known = 0
  return {
    async expect(...pitches) {
      // A scan has two sounds, some time apart: what came first is compared again with what came since.
      await expect.poll(async () => (await all()).slice(known)).toEqual(pitches)
      known += pitches.length
    },
    async skip() {
      known = (await all()).length
    },
  }
}
