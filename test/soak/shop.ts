import { setTimeout as sleep } from 'node:timers/promises'
import { standardCode } from '../bench/corpus/codes.ts'
import type { Random } from '../bench/corpus/random.ts'
import { appUnderTest } from '../support/app-under-test.ts'
import { newCoupon } from '../support/kill-rounds.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { xKeyboard, type XKeyboard } from '../support/x-keyboard.ts'

/** Everything that a round needs: one till's folder, its stand-in, and what was scanned. */
export interface Shop {
  readonly standIn: SpawnedStandIn
  readonly userDataFolder: string
  readonly random: Random
  readonly keyboard: XKeyboard
  /** The codes that the till judged in front of a cashier. */
  readonly shown: Set<string>
}

/** A scan whose beginning may have gone elsewhere is refused, so nobody scans sooner after the focus came. */
const restMs = 400
const verdictMs = 20_000

export function keyboardOfShop(): XKeyboard {
  return xKeyboard(process.env)
}

export async function openTill({ standIn, userDataFolder, keyboard }: Shop): Promise<TillApp> {
  const till = await launchTill({
    ...appUnderTest(),
    userDataFolder,
    env: process.env,
    trainingGateway: standIn.controlOrigin,
  })
  await keyboard.focus(till.processId)
  await sleep(restMs)
  return till
}

/** Scans a new coupon, and waits until the till has judged it. Returns after how many ms it had. */
export async function scanOne(
  { standIn, keyboard, random, shown }: Shop,
  { page }: TillApp,
): Promise<number> {
  const code = standardCode(random)
  await standIn.control.putCoupons({ stocks: [], coupons: [newCoupon(code)] })
  await keyboard.scan(code, 2)
  const from = performance.now()
  await page.waitForFunction(isJudged, code.slice(-4), { timeout: verdictMs, polling: 20 })
  shown.add(code)
  return performance.now() - from
}

/** "Read", which comes before it is recorded, is no word about a coupon yet. */
function isJudged(tail: string): boolean {
  const panel = document.querySelector<HTMLElement>('[data-testid="verdict"]')
  return panel !== null && panel.dataset['tone'] !== 'busy' && panel.textContent.includes(tail)
}

/** Sends what waits, and returns once nothing does. */
export async function settle({ standIn }: Shop, { page }: TillApp): Promise<void> {
  await standIn.control.network({ network: 'up' })
  const until = performance.now() + 120_000
  while (performance.now() < until) {
    await page.keyboard.press('F8')
    const reply = await page.evaluate(() => window.till.app.snapshot({}))
    if (reply.ok && reply.value.queue.waiting === 0) return
    await sleep(500)
  }
  throw new Error('the queue did not empty within two minutes')
}
