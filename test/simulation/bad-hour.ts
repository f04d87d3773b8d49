// node test/simulation/bad-hour.ts [--hours N] [--seed S]: plays an hour at a counter whose line loses or spoils three
// requests in ten and breaks down several times, N times (10), under the policy `hold`, for each way in which WeChat
// Pay may reply to a repeated request. Prints what waits for a person at the end, and the decisions offered. Exits with
// 1 where more than 2 % of the coupons wait although repeated requests get the first result, or where an entry waits
// without a decision to choose.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { runTask } from '../../build/project.ts'
import { actionsFor, caseOf } from '../../main/redemption/review-case.ts'
import { holdAll } from '../../main/redemption/offline-policy.ts'
import { canAsk } from '../../main/redemption/reconcile.ts'
import { defaultCaps } from '../../main/redemption/settle.ts'
import { openTestStore } from '../support/open-test-store.ts'
import { testDataKey } from '../support/test-data-key.ts'
import { check } from './check.ts'
import { Dice } from './dice.ts'
import type { Plan } from './plan.ts'
import type { PlannedBatch } from './plan/batches.ts'
import type { PlannedCoupon } from './plan/coupons.ts'
import type { TimedEvent } from './plan/events.ts'
import { exchangeFaults } from './plan/faults.ts'
import { playShop, type PlayedShop } from './shop.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const scans = 240
const mostInReview = 0.02

/** Conditions of the coupons that customers present, in the proportions of a real shop. */
const conditions: readonly PlannedCoupon['condition'][] = [
  ...Array.from({ length: 88 }, () => 'valid' as const),
  ...Array.from({ length: 5 }, () => 'used' as const),
  ...Array.from({ length: 3 }, () => 'expired' as const),
  ...Array.from({ length: 2 }, () => 'unknown' as const),
  ...Array.from({ length: 2 }, () => 'withdrawn' as const),
]

const batch: PlannedBatch = {
  stockId: 'stock-0',
  codes: 'issued',
  shape: null,
  kind: 'NORMAL',
  discountFen: 1000,
  payPercent: 100,
  exchangePriceFen: 0,
  thresholdFen: null,
  startsAtMs: null,
  endsAtMs: null,
  week: null,
  oddField: null,
  described: 'whole',
}

await runTask(async () => {
  const { values } = parseArgs({
    options: { hours: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
  })
  const [hours, seed] = [Number(values.hours), Number(values.seed)]
  let isGood = true
  for (const replaySame of ['first-result', 'already-used'] as const) {
    const found = new Map<string, number>()
    const total = { coupons: 0, review: 0, violations: 0 }
    for (let hour = 0; hour < hours; hour += 1) {
      const dice = new Dice(seed + hour)
      await inFolder(async (folder) => {
        const shop = await playShop(dice, folder, planHour(dice.fork(), replaySame))
        for (const violation of check(shop)) {
          console.log(`VIOLATION: ${violation}`)
          total.violations += 1
        }
        const inReview = waiting(shop)
        total.coupons += shop.plan.coupons.length
        total.review += inReview.length
        for (const what of inReview) found.set(what, (found.get(what) ?? 0) + 1)
      })
    }
    const share = total.review / total.coupons
    console.log(
      `\nreplays ${replaySame}: ${hours} hours, ${total.coupons} coupons scanned, ${total.review} in review (${(share * 100).toFixed(2)} %)`,
    )
    for (const [what, count] of found) console.log(`${String(count).padStart(6)} × ${what}`)
    const isTooMuch = replaySame === 'first-result' && share > mostInReview
    if (isTooMuch || total.violations > 0 || [...found.keys()].some(hasNoWayOut)) isGood = false
  }
  return isGood ? 0 : 1
})

function planHour(dice: Dice, replaySame: Plan['switches']['replaySame']): Plan {
  const coupons = dice.times(scans, () => ({
    code: dice.times(22, () => dice.between(0, 9)).join(''),
    stockId: batch.stockId,
    condition: dice.pick(conditions),
    validForMs: 30 * 24 * hourMs,
    taken: null,
    trouble: null,
    returnable: true,
  }))
  const scanned: readonly TimedEvent[] = coupons.map(({ code }) => ({
    atMs: dice.between(0, hourMs),
    till: 0,
    event: { kind: 'scan', payload: code, stockId: null },
  }))
  const outages: readonly TimedEvent[] = dice.times(dice.between(3, 5), () => ({
    atMs: dice.between(0, hourMs),
    till: 0,
    event: {
      kind: 'outage',
      how: dice.pick(['no-name', 'black-hole']),
      ms: dice.between(20_000, 8 * minuteMs),
    },
  }))
  return {
    tills: 1,
    chain: null,
    clocksOffMs: [0],
    settings: {
      offline: holdAll,
      onlyStockId: null,
      codeRules: { merchantCodes: [] },
      caps: defaultCaps,
      holdMs: 10 * minuteMs,
    },
    batches: [batch],
    switches: {
      replaySame,
      replayReturn: replaySame === 'first-result' ? 'first-result' : 'refused',
      checksFirst: 'number',
      alreadyUsedStatus: 400,
      underscored: dice.chance(0.5),
      errorsSigned: dice.chance(0.5),
      validityBy: 'server-time',
      useTimeInReply: 'seconds',
      takenAs: 'RULE_LIMIT',
      returnRefusedAs: 'INVALID_REQUEST',
    },
    coupons,
    faults: exchangeFaults,
    faultRate: 0.3,
    events: [...scanned, ...outages].toSorted((one, other) => one.atMs - other.atMs),
    endsAtMs: hourMs,
  }
}

/** Returns for each coupon in review why it is there, and its decisions, the advised one first. */
function waiting({ tills }: PlayedShop): string[] {
  return tills.flatMap((till) => {
    const store = openTestStore(till.file, testDataKey)
    try {
      return store.open.inReview(Number.MAX_SAFE_INTEGER).map((redemption) => {
        const { stockId } = redemption
        const stock = stockId === null ? null : store.stocks.find(stockId)
        const ways = actionsFor(redemption, canAsk(redemption, stock?.couponCodeMode ?? null))
        return `${caseOf(redemption)} (${redemption.reason ?? '-'}): ${ways.join(', ')}`
      })
    } finally {
      store.close()
    }
  })
}

function hasNoWayOut(what: string): boolean {
  return what.endsWith(': ')
}

async function inFolder(play: (folder: string) => Promise<void>): Promise<void> {
  const memory = '/dev/shm'
  const folder = fs.mkdtempSync(
    path.join(fs.existsSync(memory) ? memory : os.tmpdir(), 'bad-hour-'),
  )
  try {
    await play(folder)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
