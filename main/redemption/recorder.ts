import type { ScanSource, StockView } from '../contract/redemption-view.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Attempter } from './attempt.ts'
import type { ConnectionState } from './connection.ts'
import { offlineModeOf } from './offline-policy.ts'
import { findsOutAboutKey } from './key-trial.ts'
import { useTimeNow } from './mint-anew.ts'
import { priceOf } from './payable.ts'
import type { Clocks, WriteFault, Random, TillStore } from './ports.ts'
import type { Presentation } from './presentation.ts'
import { newRedemption, type Redemption } from './redemption.ts'
import { blockedWaitMs } from './settle.ts'
import {
  hasMerchantCodes,
  isOutsideWindow,
  outsideDates,
  type StockCatalogue,
} from './stock-catalogue.ts'
import { no, type Telling } from './telling.ts'
import type { TillIdentity, TillRules } from './till-parts.ts'
import type { Trade } from './trade.ts'
import { createRequestNumber, createUseBody } from './use-request.ts'

interface RecorderParts {
  readonly identity: TillIdentity
  readonly store: Pick<TillStore, 'redemptions' | 'open'>
  readonly clocks: Clocks
  readonly random: Random
  readonly rules: Pick<TillRules, 'offlinePolicy' | 'onlyStockId'>
  readonly attempter: Pick<Attempter, 'isKeySound'>
  readonly connection: ConnectionState
  readonly stocks: StockCatalogue
}

interface RecordedCoupon {
  readonly code: string
  /** WeChat Pay issued the code and knows its batch, so no batch is sent: a wrong guess would cost the customer the coupon. */
  readonly issued: boolean
  readonly stockId: string | null
  /** What is left of the order's total, in fen; `null` when no total is known. */
  readonly totalFen: number | null
  /** The payment of the order; `null` where no POS told it. */
  readonly trade: Trade | null
}

/** Refuses what the till can refuse by itself, and records a redemption before its first byte leaves. */
export class Recorder {
  readonly #parts: RecorderParts

  constructor(parts: RecorderParts) {
    this.#parts = parts
  }

  /**
   * Returns the refusal that the till can decide without asking WeChat Pay; `null` when there is none. `stockId` is a batch
   * that is certain: a batch that the settings only suggest refuses nobody.
   */
  refusedHere(stockId: string | null, totalFen: number | null): Telling | null {
    const { stocks, connection, clocks, rules } = this.#parts
    const stock = stocks.find(stockId)
    const now = clocks.confirmed()
    if (isOutsideWindow(stock, now))
      return { ...no('outside-known-window'), outside: outsideDates(stock, now) }
    const price = priceOf(stock, totalFen)
    if (price.isNothingLeft) return no('nothing-left-to-pay')
    if (price.shortFen !== null) return { ...no('below-threshold'), price }
    const isOffline = connection.current.state === 'offline'
    return isOffline && offlineModeOf(rules.offlinePolicy, stockId) === 'refuse'
      ? no('offline-not-accepted')
      : null
  }

  /** Returns what is known of the batches that a code may belong to. */
  stocksAmong(stockIds: readonly string[]): StockView[] {
    return stockIds.map((stockId) => this.#parts.stocks.find(stockId) ?? unknownStock(stockId))
  }

  /**
   * Whether a new coupon must wait: no reply of WeChat Pay's can be verified now, and an entry that may be redeemed already
   * waits. That entry is sent first, to find out whether the key works again.
   */
  isToBeKept(): boolean {
    const { connection, attempter, store, clocks } = this.#parts
    if (connection.current.blockedBy !== 'wechatpay-key-wrong' || attempter.isKeySound())
      return false
    return findsOutAboutKey(store.open, clocks.now(), [], 'all') !== null
  }

  /** Records a redemption. Fails when the disk does not take it; then nothing may be sent. */
  record(
    source: ScanSource,
    { code, issued, stockId, totalFen, trade }: RecordedCoupon,
    { orderNo, cashier }: Presentation,
  ): Result<Redemption, WriteFault> {
    const { identity, store, stocks, clocks, random } = this.#parts
    const { redemptions } = store
    const at = clocks.now()
    const useRequestNo = createRequestNumber(identity.tillId, clocks.now, random)
    const guessed = stockId ?? this.#onlyStock()
    const recorded = newRedemption({
      useRequestNo,
      couponCode: code,
      source,
      cashier,
      totalFen,
      body: createUseBody({
        couponCode: code,
        appid: identity.appid,
        useRequestNo,
        at: useTimeNow(clocks),
        stockId: issued ? null : stockId,
        trade,
      }),
      recordedAt: at,
      stockId: guessed,
      // Known when this till redeemed the coupon before. Queries need it.
      openid: redemptions.findByCode(code, issued ? null : stockId)?.openid ?? null,
      expiresAt: stocks.find(guessed)?.availableUntil ?? null,
      orderNo,
    })
    // A request would spend the coupon, and its reply could not be verified.
    const isKept = this.isToBeKept()
    const redemption = isKept ? keptFromSending(recorded, at) : recorded
    const event = isKept ? 'recorded-not-sent' : 'recorded'
    const saved = redemptions.insert(redemption, { at, event, evidence: null })
    return saved.ok ? ok(redemption) : saved
  }

  /**
   * Returns the shop's only batch, once its terms are known and if WeChat Pay issues its codes; `null` otherwise. A batch
   * of the merchant's own codes cannot be the batch of a code that WeChat Pay issued. Where this till knows another batch
   * that may be used now, the setting is wrong or out of date, and a coupon would be given another one's discount.
   */
  #onlyStock(): string | null {
    const { stocks, rules, clocks } = this.#parts
    const { onlyStockId } = rules
    const stock = stocks.find(onlyStockId)
    if (onlyStockId === null || stock === null || hasMerchantCodes(stock)) return null
    return stocks.isAlone(onlyStockId, clocks.now()) ? onlyStockId : null
  }
}

function keptFromSending(redemption: Redemption, at: number): Redemption {
  const nextAttemptAt = at + blockedWaitMs
  return {
    ...redemption,
    attempts: 0,
    inFlight: false,
    reason: 'wechatpay-key-wrong',
    nextAttemptAt,
  }
}

function unknownStock(stockId: string): StockView {
  return {
    stockId,
    name: stockId,
    kind: '',
    discountFen: null,
    thresholdFen: null,
    payPercent: null,
    exchangePriceFen: null,
    goodsName: null,
  }
}
