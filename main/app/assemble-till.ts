import type { PracticeSupervisor } from '../contract/staff.ts'
import type { CodeWrapping } from '../contract/code-wrapping.ts'
import { judgeReply } from '../redemption/judge-reply.ts'
import type { Clock } from '../redemption/ports.ts'
import type { ShopLock } from '../redemption/shop-lock.ts'
import { createTill, type Till } from '../redemption/till.ts'
import { defaultLimits } from '../redemption/till-parts.ts'
import { codeRulesOf, offlinePolicyOf } from '../shop/settings.ts'
import { openShop, type Shop } from '../shop/shop.ts'
import type { RecoveryKeeper } from '../shop/ports.ts'
import type { WechatpayGateway } from '../wechatpay/wechatpay-gateway.ts'
import type { Store } from '../store/store.ts'
import type { OpenTill } from './open-till.ts'
import { openRecords, type Records } from './records.ts'
import { systemScheduler } from './system-scheduler.ts'

interface AssembleTillParts {
  readonly gateway: WechatpayGateway
  readonly store: Store
  readonly recovery: RecoveryKeeper
  /** The lock of the shop's tills; `null` on a till alone. */
  readonly shopLock: ShopLock | null
  /** `null` on a live till. */
  readonly practice: PracticeSupervisor | null
  readonly tillId: string
  readonly appid: string
  /** What codes are wrapped in; called for each code, so that a change takes effect at once. */
  readonly wrapping: () => CodeWrapping
  /** Whether a cashier can see what the counter says. */
  readonly isCounterInFront: () => boolean
  /** Called now and then with the time, epoch milliseconds, before which the shop keeps nothing personal. */
  readonly onForget: (before: number) => void
  /** What background work threw. */
  readonly onFault: (cause: unknown) => void
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

export interface AssembledTill {
  readonly till: Till
  readonly shop: Shop
  readonly records: Records
  readonly noteAct: OpenTill['noteAct']
  /** The shop keeps nothing personal from before this time; `null` while WeChat Pay has confirmed no clock. */
  readonly forgetBefore: () => number | null
  /** Ends background work. Gateway and store stay open. */
  readonly stop: () => void
}

/** Puts a till together under the shop's settings. They are read once, so a change of them needs a new till. */
export function assembleTill(parts: AssembleTillParts): AssembledTill {
  const { store, gateway } = parts
  // WeChat Pay's time, so that records, limits and reports are right on a computer whose clock is off. But only when a
  // verified reply has confirmed it: any other time may be a captive portal's.
  const clock: Clock = () => gateway.confirmedNow() ?? Date.now()
  const records = openRecords(store, clock)
  const noteAct: AssembledTill['noteAct'] = ({ event, ...evidence }) => {
    const recorded = store.audit.note('', { at: clock(), event, evidence })
    if (!recorded.ok) parts.onFault(new Error(`not recorded: ${event}`))
  }
  const shop = openShop({
    staff: store.staff,
    shifts: store.shifts,
    settings: store.settings,
    recovery: parts.recovery,
    practice: parts.practice,
    clock,
    elapsed: () => performance.now(),
    scheduler: systemScheduler,
    unsettled() {
      const { fen, unknown } = store.open.honoured(0)
      return { count: store.open.counts().toHandOn, fen, unknown }
    },
    shiftFigures: (shift) => records.shiftFigures(shift),
    // A disk that refuses must not keep the owner from mending it: what was not recorded is reported.
    record: noteAct,
    // Nobody is at the counter any more to wait for a reply, so held coupons are returned to their customers.
    onShiftClosing: (by) => till.releaseHeld(by),
  })
  const settings = shop.settings()
  const till = createTill({
    identity: { tillId: parts.tillId, appid: parts.appid },
    gateway,
    judgeReply,
    store,
    shopLock: parts.shopLock,
    clocks: {
      now: clock,
      pc: Date.now,
      corrected: () => gateway.correctedNow(),
      confirmed: () => gateway.confirmedNow(),
      elapsed: () => performance.now(),
    },
    random: Math.random,
    scheduler: systemScheduler,
    rules: {
      codeRules: codeRulesOf(settings, parts.wrapping),
      offlinePolicy: offlinePolicyOf(settings),
      onlyStockId: settings.onlyStockId,
      stockTerms: settings.stockTerms,
    },
    limits: {
      ...defaultLimits,
      holdMs: settings.holdMinutes * 60_000,
      patienceMs: settings.patienceSeconds * 1000,
    },
    isCounterInFront: parts.isCounterInFront,
    onFault: parts.onFault,
  })
  let isStopped = false
  store.history.catchUp(() => isStopped).catch(parts.onFault)
  // By confirmed time alone, because a clock that is years ahead would erase records too early.
  const forgetBefore = (): number | null => {
    const now = gateway.confirmedNow()
    return now === null ? null : now - settings.retentionDays * dayMs
  }
  const eraseOld = async (): Promise<void> => {
    const before = forgetBefore()
    if (before === null) return
    await store.erasure.settledBefore(before, before + settings.retentionDays * dayMs)
    store.forgetSetAside(before)
    parts.onForget(before)
  }
  const erasing = setInterval(() => void eraseOld().catch(parts.onFault), hourMs)
  erasing.unref()
  return {
    till,
    shop,
    records,
    noteAct,
    forgetBefore,
    stop() {
      isStopped = true
      clearInterval(erasing)
      till.stop()
      shop.stop()
    },
  }
}
