import type { CounterView, Verdict } from '../../main/contract/counter.ts'
import {
  batches,
  changeShopSettings,
  codeOf,
  counterOf,
  issueCoupons,
} from '../support/counter-steps.ts'
import { camera, smallWindow } from './camera.ts'
import type { Scene } from './scene.ts'

const since = Date.parse('2026-01-05T14:02:00+08:00')

/** What a till of a shop of several says of a coupon that WeChat Pay did not answer for. */
const verdicts: Readonly<Record<string, (verdict: Verdict) => Partial<Verdict>>> = {
  'shop-asking': () => ({ shop: { kind: 'asking', tillId: null, at: null } }),
  'shop-held': (verdict) => ({
    ...given(verdict),
    shop: { kind: 'held', tillId: null, at: null },
  }),
  'shop-unchecked': (verdict) => ({
    ...given(verdict),
    shop: { kind: 'unchecked', tillId: null, at: null },
  }),
  'shop-elsewhere': () => ({
    tone: 'red',
    reason: 'claimed-at-other-till',
    instruction: 'do-not-give',
    offline: null,
    choices: [],
    shop: { kind: 'elsewhere', tillId: 'T03', at: since },
  }),
  'shop-honoured-elsewhere': () => ({
    tone: 'red',
    reason: 'honoured-at-other-till',
    instruction: 'do-not-give',
    redemption: null,
    offline: null,
    choices: [],
    given: { at: since, by: 'T03', fen: null },
  }),
  'shop-both': (verdict) => ({
    ...given(verdict),
    reason: 'claimed-at-other-till',
    instruction: 'already-given',
    shop: { kind: 'elsewhere', tillId: 'T03', at: since },
  }),
}

function given({ redemption }: Verdict): Partial<Verdict> {
  return {
    instruction: 'give',
    deductFen: redemption?.stock?.discountFen ?? null,
    offline: { mode: 'honour', limit: null },
    choices: [],
  }
}

/** Pictures the verdicts of a shop of several tills, in the big window and in the small one. */
export async function takeShop(scene: Scene): Promise<void> {
  const { page, keyboard, standIn } = scene
  await page.getByTestId('sample').first().waitFor()
  await changeShopSettings(page, () => ({ onlyStockId: batches.twentyOff }))
  await issueCoupons(standIn, batches.twentyOff, [codeOf(1), codeOf(2)])
  await page.evaluate(
    (payload) => window.till.counter.redeem({ payload, source: 'scanned' }),
    codeOf(1),
  )
  await standIn.control.network({ network: 'cut' })
  await page.evaluate(
    (payload) => window.till.counter.redeem({ payload, source: 'scanned' }),
    codeOf(2),
  )
  await page.locator('[data-testid="verdict"][data-tone="amber"]').waitFor()
  const view = await counterOf(page)
  const take = showing(scene, view)
  const shoot = camera(page, [{ width: 1366, height: 768 }])
  for (const name of Object.keys(verdicts)) await take(name, () => shoot(name))
  await keyboard.press('F11')
  await page.getByTestId('compact').waitFor()
  const shootSmall = camera(page, smallWindow)
  for (const name of ['shop-held', 'shop-elsewhere'])
    await take(name, () => shootSmall(`compact-${name}`))
}

/** The page is told what the till would tell it: the picture needs no second till and no server. */
function showing({ till, page }: Scene, view: CounterView) {
  let { revision } = view
  return async (name: string, shoot: () => Promise<void>): Promise<void> => {
    const { shown } = view
    if (shown?.verdict == null) throw new Error('the counter shows no verdict')
    const verdict = { ...shown.verdict, ...verdicts[name]?.(shown.verdict) }
    revision += 1
    const told: CounterView = {
      ...view,
      revision,
      open: [],
      shown: { ...shown, isAged: false, verdict },
    }
    await till.electron.evaluate(({ BrowserWindow }, payload) => {
      BrowserWindow.getAllWindows()[0]?.webContents.send('counter.changed', payload)
    }, told)
    await page.locator(`[data-testid="verdict"][data-reason="${verdict.reason}"]`).waitFor()
    await shoot()
  }
}
