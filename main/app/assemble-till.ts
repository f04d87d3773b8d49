import type { CodeWrapping } from '../contract/code-wrapping.ts'
import { judgeReply } from '../redemption/judge-reply.ts'
import type { Clock } from '../redemption/ports.ts'
import { createTill, type Till } from '../redemption/till.ts'
import { codeRulesOf, offlinePolicyOf, readSettings } from '../shop/settings.ts'
import { openShop, type Shop } from '../shop/shop.ts'
import type { WechatpayGateway } from '../wechatpay/wechatpay-gateway.ts'
import type { Store } from '../store/store.ts'
import { openRecords, type Records } from './records.ts'
import { systemScheduler } from './system-scheduler.ts'

interface AssembleTillParts {
  readonly gateway: WechatpayGateway
  readonly store: Store
  readonly tillId: string
  readonly appid: string
  /** Asked anew for each code: a change counts at once. */
  readonly wrapping: () => CodeWrapping
  readonly onFault: (cause: unknown) => void
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export interface AssembledTill {
  readonly till: Till
  readonly shop: Shop
  readonly records: Records
  readonly stop: () => void
}

/** A till as its shop has set it. Settings are read once: who changes them opens the till anew. */
export function assembleTill(parts: AssembleTillParts): AssembledTill {
  const { store, gateway } = parts
  // As WeChat Pay counts: a computer whose clock is off records, limits and reports by the right time all the same.
  // A time that no verified reply has confirmed may be a captive portal's, and counts for nothing here.
  const clock: Clock = () => gateway.confirmedNow() ?? Date.now()
  const shop = openShop({
    staff: store.staff,
    shifts: store.shifts,
    settings: store.settings,
    clock,
    scheduler: systemScheduler,
    unsettled() {
      const { waiting, review } = store.open.counts()
      return {
        count: waiting + review,
        fen: store.open.honoured(offlinePolicyOf(readSettings(store.settings)).limits.singleFen)
          .fen,
      }
    },
    // Nobody is left to wait: their coupons go back to the customers.
    onShiftClosed: (by) => till.releaseHeld(by),
  })
  const settings = shop.settings()
  const till = createTill({
    gateway,
    confirmedClock: () => gateway.confirmedNow(),
    correctedClock: () => gateway.correctedNow(),
    pcClock: Date.now,
    elapsed: () => performance.now(),
    judgeReply,
    store,
    clock,
    random: Math.random,
    scheduler: systemScheduler,
    tillId: parts.tillId,
    appid: parts.appid,
    codeRules: codeRulesOf(settings, parts.wrapping),
    onlyStockId: settings.onlyStockId,
    offlinePolicy: offlinePolicyOf(settings),
    holdMs: settings.holdMinutes * 60_000,
    patienceMs: settings.patienceSeconds * 1000,
    onFault: parts.onFault,
  })
  let isStopped = false
  store.history.catchUp(() => isStopped).catch(parts.onFault)
  // By a confirmed time alone: a clock that stands years ahead must not erase anything early.
  const erase = (): void => {
    const now = gateway.confirmedNow()
    if (now === null) return
    store.erasure.settledBefore(now - settings.retentionDays * dayMs, now).catch(parts.onFault)
  }
  const erasing = setInterval(erase, hourMs)
  erasing.unref()
  return {
    till,
    shop,
    records: openRecords(store, clock),
    stop() {
      isStopped = true
      clearInterval(erasing)
      till.stop()
      shop.stop()
    },
  }
}
