import { setTimeout as sleep } from 'node:timers/promises'
import { standardCode } from '../bench/corpus/codes.ts'
import type { Random } from '../bench/corpus/random.ts'
import { appUnderTest } from '../support/app-under-test.ts'
import { newCoupon } from '../support/kill-rounds.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import { restInPage } from '../support/rest-in-page.ts'
import { launchTill, type TillApp } from '../support/till-app.ts'
import { ScanLost } from '../support/watchful-keyboard.ts'
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
const scannerRestMs = 1200
const mostTimes = 4

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

export interface Scanned {
  /** From the end of the scan until it was judged, ms. */
  readonly tookMs: number
  /** How often it was scanned once more, since keys got lost or the till did not read it cleanly. */
  readonly again: number
}

/** Scans a new coupon until the till has judged it, as a cashier does. */
export async function scanOne(shop: Shop, { page }: TillApp): Promise<Scanned> {
  const code = standardCode(shop.random)
  await shop.standIn.control.putCoupons({ stocks: [], coupons: [newCoupon(code)] })
  for (let again = 0; again < mostTimes; again += 1) {
    if (!(await arrives(shop.keyboard, code))) continue
    const from = performance.now()
    const told = await page.waitForFunction(outcomeOf, code.slice(-4), {
      timeout: verdictMs,
      polling: 20,
    })
    if ((await told.jsonValue()) === 'judged') {
      shop.shown.add(code)
      return { tookMs: performance.now() - from, again }
    }
    // A scan right behind one that was not read is part of it.
    await restInPage(page, scannerRestMs)
    await shop.keyboard.press('Escape')
    await page.waitForSelector('[data-testid="verdict"]:not([data-reason="misread"])')
  }
  throw new Error(`the till did not read ${code}, ${mostTimes} times`)
}

async function arrives(keyboard: XKeyboard, code: string): Promise<boolean> {
  try {
    await keyboard.scan(code, 2)
    return true
  } catch (error) {
    if (!(error instanceof ScanLost)) throw error
    console.log(error.message)
    return false
  }
}

/** "Read", which comes before it is recorded, is no word about a coupon yet. */
function outcomeOf(tail: string): 'judged' | 'misread' | null {
  const panel = document.querySelector<HTMLElement>('[data-testid="verdict"]')
  if (panel?.dataset['reason'] === 'misread') return 'misread'
  const isJudged = panel?.dataset['tone'] !== 'busy' && panel?.textContent.includes(tail) === true
  return isJudged ? 'judged' : null
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
