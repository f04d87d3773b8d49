import type { ScanSource, StockView } from '../contract/redemption-view.ts'
import { ok, type Result } from '../contract/result.ts'
import type { Attempter } from './attempt.ts'
import type { ConnectionState } from './connection.ts'
import { offlineModeOf } from './offline-policy.ts'
import { findsOutAboutKey } from './key-trial.ts'
import { useTimeNow } from './mint-anew.ts'
import { priceOf } from './payable.ts'
import type { Clocks, NotSaved, Random, TillStore } from './ports.ts'
import type { Presentation } from './presentation.ts'
import { newRedemption, type Redemption } from './redemption.ts'
import { blockedWaitMs } from './settle.ts'
import { isOutsideWindow, type StockCatalogue } from './stock-catalogue.ts'
import { no, type Telling } from './telling.ts'
import type { TillIdentity, TillRules } from './till-parts.ts'
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
  /** WeChat Pay issued the code: it knows the batch, and a wrong guess of ours would cost the customer the coupon. */
  readonly issued: boolean
  readonly stockId: string | null
  /** What is left of the order's total, in fen. */
  readonly totalFen: number | null
}

/** What the till decides before anything is sent, and the record that is written before the first byte leaves. */
export class Recorder {
  readonly #parts: RecorderParts

  constructor(parts: RecorderParts) {
    this.#parts = parts
  }

  /**
   * What the till can refuse without asking anybody; `null` for nothing. `stockId` is a batch that is certain: what the
   * settings only guess refuses nobody.
   */
  refusedHere(stockId: string | null, totalFen: number | null): Telling | null {
    const { stocks, connection, clocks, rules } = this.#parts
    const stock = stocks.find(stockId)
    if (isOutsideWindow(stock, clocks.confirmed())) return no('outside-known-window')
    const price = priceOf(stock, totalFen)
    if (price.isNothingLeft) return no('nothing-left-to-pay')
    if (price.shortFen !== null) return { ...no('below-threshold'), price }
    const isOffline = connection.current.state === 'offline'
    return isOffline && offlineModeOf(rules.offlinePolicy, stockId) === 'refuse'
      ? no('offline-not-accepted')
      : null
  }

  /** The batches that a code may be of, as far as they are known. */
  stocksAmong(stockIds: readonly string[]): StockView[] {
    return stockIds.map((stockId) => this.#parts.stocks.find(stockId) ?? unknownStock(stockId))
  }

  /**
   * Nothing new is sent while no reply of WeChat Pay's can be verified, and something waits that was perhaps redeemed
   * already: that finds out for all.
   */
  isToBeKept(): boolean {
    const { connection, attempter, store, clocks } = this.#parts
    if (connection.current.blockedBy !== 'wechatpay-key-wrong' || attempter.isKeySound())
      return false
    return findsOutAboutKey(store.open, clocks.now(), [], 'all') !== undefined
  }

  record(
    source: ScanSource,
    { code, issued, stockId, totalFen }: RecordedCoupon,
    { orderNo, cashier }: Presentation,
  ): Result<Redemption, NotSaved> {
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
      }),
      recordedAt: at,
      stockId: guessed,
      // Known when this till redeemed it before: queries need it.
      openid: redemptions.findByCode(code, issued ? null : stockId)?.openid ?? null,
      expiresAt: stocks.find(guessed)?.availableUntil ?? null,
      orderNo,
    })
    // A request would spend the coupon, and its answer could not be read.
    const isKept = this.isToBeKept()
    const redemption = isKept ? keptFromSending(recorded, at) : recorded
    const event = isKept ? 'recorded-not-sent' : 'recorded'
    const saved = redemptions.insert(redemption, { at, event, evidence: null })
    return saved.ok ? ok(redemption) : saved
  }

  /**
   * What the settings name as the only batch, once it is known: one of the merchant's own codes is none that WeChat Pay
   * issues codes of.
   */
  #onlyStock(): string | null {
    const { stocks, rules } = this.#parts
    const { onlyStockId } = rules
    const stock = stocks.find(onlyStockId)
    return stock === null || stock.couponCodeMode?.startsWith('MERCHANT') === true
      ? null
      : onlyStockId
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
