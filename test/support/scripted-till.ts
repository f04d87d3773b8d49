import { setImmediate } from 'node:timers/promises'
import path from 'node:path'
import { err, ok } from '../../main/contract/result.ts'
import { answered } from './answered.ts'
import type { Verdict } from '../../main/contract/counter.ts'
import type {
  CouponFacts,
  GatewayReply,
  RedemptionGateway,
  StockFacts,
} from '../../main/redemption/gateway.ts'
import type { Done } from '../../main/redemption/carry-out-order.ts'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import type { PersonOrder } from '../../main/redemption/note.ts'
import type { OfflinePolicy } from '../../main/redemption/offline-policy.ts'
import type { Scan } from '../../main/redemption/redeem-at-counter-parts.ts'
import type { Redemption } from '../../main/redemption/redemption.ts'
import type { ReturnOrder } from '../../main/redemption/review-orders.ts'
import type { ShopLock } from '../../main/redemption/shop-lock.ts'
import { createTill, type Till } from '../../main/redemption/till.ts'
import {
  defaultLimits,
  type TillIdentity,
  type TillLimits,
  type TillRules,
} from '../../main/redemption/till-parts.ts'
import type { Clocks, Random, Scheduler, TillStore } from '../../main/redemption/ports.ts'
import type { Store } from '../../main/store/store.ts'
import { factsWith } from './facts-with.ts'
import { openTestStore } from './open-test-store.ts'
import { scanOf } from './scan-of.ts'
import { temporaryFolder } from './store-fixture.ts'

/** No reply came; the request may have arrived. */
export const silence: GatewayReply = {
  kind: 'unanswered',
  fault: 'connection',
  mayHaveArrived: true,
}
/** The line is down: nothing was sent. */
export const noLine: GatewayReply = { kind: 'unanswered', fault: 'name', mayHaveArrived: false }

/** Makes a verified reply. */
export function verifiedReply(
  status: number,
  body: unknown,
  retryAfterMs: number | null = null,
): GatewayReply {
  return answered({ status, body, retryAfterMs })
}

export function refusal(code: string, status = 400): GatewayReply {
  return verifiedReply(status, { code, message: code })
}

export const used = verifiedReply(200, {
  stock_id: '12',
  openid: 'o-1',
  wechatpay_use_time: '2026-01-05T10:00:00+08:00',
})
/** The reply to a successful return. */
export const returned = verifiedReply(200, { wechatpay_return_time: '2026-01-05T10:00:00+08:00' })

/** Terms of the batch `12`: ¥10 off from ¥50. */
export const tenYuanOff: StockFacts = {
  stockId: '12',
  name: '十元券',
  kind: 'NORMAL',
  discountFen: 1000,
  thresholdFen: 5000,
  payPercent: null,
  exchangePriceFen: null,
  goodsName: null,
  couponCodeMode: 'WECHATPAY_MODE',
  availableFrom: null,
  availableUntil: null,
  weekHours: null,
}

/** Nothing is honoured by the policy; a supervisor may honour everything within these limits. */
const withinLimits: OfflinePolicy = {
  mode: 'hold',
  byStock: {},
  limits: { open: 100, openFen: 1e7, singleFen: 1e5, oldestMs: 1e9, sinceContactMs: 1e9 },
}

/** What a test may set in place of the usual. */
export interface ScriptedTillOptions extends Partial<TillIdentity & TillRules & TillLimits> {
  readonly clocks?: Partial<Clocks>
  readonly store?: TillStore
  readonly shopLock?: ShopLock
  readonly scheduler?: Scheduler
  readonly random?: Random
}

interface Timer {
  readonly at: number
  readonly task: () => void
}

/** The real till on a real store, with a clock that the test moves on and a gateway whose replies the test sets. */
export class ScriptedTill {
  now = Date.parse('2026-01-05T10:00:00+08:00')
  /** Bodies of uses and returns, in the order in which they were sent. */
  readonly sent: string[] = []
  /** Returns the reply to `coupons/use` by the request's body. */
  use: (body: string) => GatewayReply | Promise<GatewayReply> = () => used
  return: (body: string) => GatewayReply = () => returned
  queries: Partial<Pick<RedemptionGateway, 'queryCoupon' | 'queryPrestoredCode' | 'queryStock'>> =
    {}
  probe: () => GatewayReply = () => refusal('RESOURCE_NOT_EXISTS', 404)
  probes = 0
  readonly faults: unknown[] = []
  /** Whether the cashier sees what the counter says. */
  isInFront = true
  readonly store: Store
  till: Till
  readonly #folder = temporaryFolder()
  #options: ScriptedTillOptions
  #timers: Timer[] = []
  #clockSetBy = 0

  constructor(options: ScriptedTillOptions = {}) {
    this.store = openTestStore(this.file)
    this.#options = options
    this.till = this.#createTill()
  }

  /** Stops the till and starts it again on the same file, after `offForMs` in which nothing runs, perhaps as another. */
  restart({
    offForMs = 0,
    ...identity
  }: Partial<TillIdentity> & { readonly offForMs?: number } = {}): void {
    this.till.stop()
    this.#options = { ...this.#options, ...identity }
    this.#timers = []
    this.now += offForMs
    this.till = this.#createTill()
    this.till.start()
  }

  readonly #scheduler: Scheduler = {
    after: (ms, task) => {
      const timer = { at: this.now + ms, task }
      this.#timers.push(timer)
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer)
      }
    },
  }

  #createTill(): Till {
    const now = () => this.now
    const {
      tillId = 'T1',
      appid = 'wx0123456789abcdef',
      store = this.store,
      shopLock = null,
      random = Math.random,
      scheduler = this.#scheduler,
      clocks,
      codeRules = { merchantCodes: [] },
      offlinePolicy = withinLimits,
      onlyStockId = null,
      stockTerms = {},
      // Longer than any test that is not about the hold.
      holdMs = 1000 * 24 * 3_600_000,
      ...limits
    } = this.#options
    return createTill({
      identity: { tillId, appid },
      gateway: this.#gateway(),
      judgeReply,
      store,
      shopLock,
      clocks: {
        now,
        pc: now,
        corrected: now,
        confirmed: () => null,
        elapsed: () => this.now - this.#clockSetBy,
        ...clocks,
      },
      random,
      scheduler,
      rules: { codeRules, offlinePolicy, onlyStockId, stockTerms },
      limits: { ...defaultLimits, holdMs, ...limits },
      isCounterInFront: () => this.isInFront,
      onFault: (cause) => this.faults.push(cause),
    })
  }

  /** Scans the 22-digit code with this number. */
  scan(number: number, more: Partial<Scan> = {}): Promise<Verdict> {
    return this.scanCode(codeOf(number), more)
  }

  /** Scans a code of any form, such as one of a merchant's own. */
  scanCode(payload: string, more: Partial<Scan> = {}): Promise<Verdict> {
    return this.till.redeem(scanOf(payload, more))
  }

  /** Chooses the batch of the coupon that the counter shows. */
  chooseStock(stockId: string): Promise<void> {
    return this.till.chooseStock(this.till.counter().shown?.presentationNo ?? '', stockId)
  }

  /** Orders the return of a coupon. No batch is named, unless the order names one. */
  returnCoupon(useRequestNo: string, order: PersonOrder & Partial<ReturnOrder>): Done {
    return this.till.returnCoupon(useRequestNo, { stockId: null, ...order })
  }

  /** From now on a query of any coupon returns these facts, or fails with this reply. */
  couponIs(facts: Partial<CouponFacts> | GatewayReply): void {
    this.queries.queryCoupon = async () => ('kind' in facts ? err(facts) : ok(factsWith(facts)))
  }

  /** Lets this much time pass and runs each timer at its time. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms
    for (;;) {
      await setImmediate()
      const next = this.#timers.toSorted((one, other) => one.at - other.at)[0]
      if (!next || next.at > until) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.now = Math.max(this.now, next.at)
      next.task()
    }
    this.now = until
  }

  get file(): string {
    return path.join(this.#folder.path, 'till.db')
  }

  /** Sets the clock forward or back. The timers keep the time that is left to them, as `elapsed` does. */
  setClockBy(ms: number): void {
    this.now += ms
    this.#clockSetBy += ms
    this.#timers = this.#timers.map((timer) => ({ ...timer, at: timer.at + ms }))
  }

  /** Runs the timers that are due now, without letting pending promises run first. */
  fireDue(): void {
    const due = this.#timers.filter(({ at }) => at <= this.now)
    this.#timers = this.#timers.filter((timer) => !due.includes(timer))
    for (const { task } of due) task()
  }

  /** Returns the redemption of the coupon with this number; throws when there is none. */
  rowOf(number: number): Redemption {
    const row = this.store.redemptions.findByCode(codeOf(number))
    if (!row) throw new Error(`coupon ${number} is not recorded`)
    return row
  }

  state(number: number): string | undefined {
    return this.store.redemptions.findByCode(codeOf(number))?.state
  }

  close(): void {
    this.till.stop()
    this.store.close()
    this.#folder.remove()
  }

  #gateway(): RedemptionGateway {
    return {
      useCoupon: async (body) => {
        this.sent.push(text(body))
        return this.use(text(body))
      },
      returnCoupon: async (body) => {
        this.sent.push(text(body))
        return this.return(text(body))
      },
      queryCoupon: (of, options) => this.queries.queryCoupon?.(of, options) ?? nothing(),
      queryPrestoredCode: (of, options) =>
        this.queries.queryPrestoredCode?.(of, options) ?? nothing(),
      queryStock: (stockId, options) => this.queries.queryStock?.(stockId, options) ?? nothing(),
      probe: async () => {
        this.probes += 1
        return this.probe()
      },
    }
  }
}

export function codeOf(number: number): string {
  return String(1_201_059_453_000_000_000_000n + BigInt(number))
}

function text(body: Uint8Array): string {
  return new TextDecoder().decode(body)
}

function nothing(): Promise<ReturnType<typeof err<GatewayReply>>> {
  return Promise.resolve(err(noLine))
}
