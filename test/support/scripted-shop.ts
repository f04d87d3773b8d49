import { afterEach } from 'vitest'
import type { Verdict } from '../../main/contract/counter.ts'
import type { StockFacts } from '../../main/redemption/gateway.ts'
import type { OfflinePolicy } from '../../main/redemption/offline-policy.ts'
import { ScriptedTill, type ScriptedTillOptions } from './scripted-till.ts'

/** Offline policies with low limits, so that a few coupons reach them. */
export const limits = {
  open: 3,
  openFen: 3000,
  singleFen: 2000,
  oldestMs: 6e6,
  sinceContactMs: 6e6,
}
export const honour: OfflinePolicy = { mode: 'honour', byStock: {}, limits }
export const hold: OfflinePolicy = { mode: 'hold', byStock: {}, limits }

interface ShopSetup {
  /** Batches whose terms the till knows from the start. */
  readonly stocks?: readonly StockFacts[]
  /** Called before the till starts, such as to fill its store. */
  readonly prepare?: (shop: ScriptedTill) => void
}

interface FileOptions extends ShopSetup {
  /** Whether background work may throw in these tests, such as where the disk is full. */
  readonly mayFault?: boolean
}

type OpenShop = (parts?: ScriptedTillOptions, setup?: ShopSetup) => ScriptedTill

/** The shop that the running test opened last: a live binding, so that helpers outside the test see it too. */
export let shop: ScriptedTill

const opened: ScriptedTill[] = []

/**
 * Returns the function by which the tests of a file open a shop: it starts the till and returns the shop. What it is
 * called with overrides the defaults given here. After each test its shops are closed, and the test fails where
 * background work threw.
 */
export function scriptedShop(
  defaults: ScriptedTillOptions = {},
  { mayFault = false, ...defaultSetup }: FileOptions = {},
): OpenShop {
  afterEach(() => {
    const shops = opened.splice(0)
    for (const each of shops) each.close()
    const faults = mayFault ? [] : shops.flatMap((each) => each.faults)
    if (faults.length > 0) throw new AggregateError(faults, 'background work failed')
  })
  return (parts = {}, setup = {}) => {
    shop = new ScriptedTill({ ...defaults, ...parts })
    opened.push(shop)
    const { stocks = [], prepare } = { ...defaultSetup, ...setup }
    for (const stock of stocks) shop.store.stocks.save(stock, shop.now)
    prepare?.(shop)
    shop.till.start()
    return shop
  }
}

/** What the counter shows now; `undefined` without a verdict. */
export function verdict(): Verdict | null | undefined {
  return shop.till.counter().shown?.verdict
}

/** The `useRequestNo` of the coupon with this number. */
export function numberOf(number: number): string {
  return shop.rowOf(number).useRequestNo
}
