import type { Misread, ShopView, Verdict } from '../contract/counter.ts'
import type {
  OfflineDecision,
  OfflineLimit,
  RedemptionView,
  StockView,
} from '../contract/redemption-view.ts'
import { familyOf, type Reason } from '../contract/reason.ts'
import { decideOffline, type OfflinePolicy, offlineModeOf } from './offline-policy.ts'
import { mayHonour } from './may-honour.ts'
import type { OrderAtHand } from './order-at-hand.ts'
import { leftOf, valueOf } from './payable.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { NoteKind } from './note.ts'
import type { Clocks, OpenRedemptions } from './ports.ts'
import { type Presentation, toldOf } from './presentation.ts'
import type { Redemption } from './redemption.ts'
import { outsideDates, type StockCatalogue } from './stock-catalogue.ts'
import type { ShopStanding } from './shop-standing.ts'
import { tell, type Telling } from './telling.ts'

interface SpeakerParts {
  readonly open: Pick<OpenRedemptions, 'honoured'>
  readonly stocks: StockCatalogue
  readonly clocks: Pick<Clocks, 'now' | 'confirmed'>
  readonly offlinePolicy: OfflinePolicy
  readonly lastContactAt: () => number | null
  /** How long an unanswered coupon is held for its customer, in milliseconds. */
  readonly holdMs: number
  readonly order: Pick<OrderAtHand, 'isAttended' | 'remainingFor' | 'totalOf'>
  /** Returns how a coupon stands among the tills of the shop; `null` for a till alone. */
  readonly standingOf: (redemption: Redemption) => ShopStanding | null
  /** Returns the batches that the coupon's code may belong to; empty unless there are several. */
  readonly stocksToChoose: (presentation: Presentation) => readonly StockView[]
  readonly view: (redemption: Redemption) => RedemptionView
}

/** A verdict, and the redemption as it is once the verdict is shown. Both are written in one transaction. */
export interface Word {
  readonly redemption: Redemption
  readonly verdict: Verdict
  readonly audits: readonly AuditEntry[]
}

/** What only some verdicts say. */
export interface VerdictDetails {
  readonly offline: OfflineDecision | null
  readonly shop: ShopStanding | null
  /** The batches to choose from; empty where there is nothing to choose. */
  readonly stocks: readonly StockView[]
  readonly misread: Misread | null
  /** What happened could not be written. */
  readonly isUnrecorded: boolean
}

export const noDetails: VerdictDetails = {
  offline: null,
  shop: null,
  stocks: [],
  misread: null,
  isUnrecorded: false,
}

const policyName = 'offline policy'

/** Finds the verdict for a presentation. Writes nothing itself: the caller writes what it returns. */
export class Speaker {
  readonly #parts: SpeakerParts

  constructor(parts: SpeakerParts) {
    this.#parts = parts
  }

  /** Returns the verdict of a presentation about its redemption as it is now. */
  speak(presentation: Presentation, before: Redemption): Word {
    const redemption = this.#priced(presentation, before)
    const stock = this.#parts.stocks.find(redemption.stockId)
    const isAttended = this.#parts.order.isAttended(presentation)
    const shop = this.#shopOf(redemption)
    const offline = presentation.offline ?? this.#askPolicy(presentation, redemption, stock, shop)
    presentation.offline = offline
    const overLimit = this.#overLimit(redemption, stock)
    const telling = tell({
      redemption,
      stock,
      outside: outsideDates(stock, this.#parts.clocks.confirmed()),
      isAttended,
      isRecall: presentation.isRecall,
      offline,
      mayBeHonoured: overLimit === null,
      shop,
      said: presentation.verdict,
    })
    const changed = this.#after(redemption, telling, presentation, stock)
    const stocks = changed.state === 'refused' ? this.#parts.stocksToChoose(presentation) : []
    // Why it waits is no news once it has a result, or its customer has it back.
    const isOfNow = changed.state === 'pending' && telling.reason !== 'kept-by-customer'
    const shown = isOfNow ? offline && { ...offline, limit: offline.limit ?? overLimit } : null
    const isOfShop = shop !== null && (isOfNow || shop.kind === 'elsewhere')
    const details = { ...noDetails, offline: shown, shop: isOfShop ? shop : null, stocks }
    const verdict = this.verdict(telling, changed, details)
    return {
      redemption: changed,
      verdict,
      audits: [
        ...this.#auditsOf(redemption, changed, telling),
        ...this.#toldAnew(presentation, verdict),
      ],
    }
  }

  /** Returns the audit row of a verdict; none when it is the same as the last, as after each attempt of a waiting coupon. */
  #toldAnew(presentation: Presentation, verdict: Verdict): AuditEntry[] {
    const told = this.told(presentation, verdict, this.#parts.clocks.now())
    const totalFen = this.#parts.order.totalOf(presentation)
    const words = JSON.stringify(toldOf(presentation, totalFen, { ...verdict, at: 0 }))
    if (words === presentation.told) return []
    presentation.told = words
    return [told]
  }

  /** Until the cashier was told a sum, a coupon is priced by what the order leaves for it now. */
  #priced(presentation: Presentation, redemption: Redemption): Redemption {
    const { given, stockId, totalFen: before } = redemption
    // It was given without a sum because its batch was not known. Other coupons of the order may have been priced meanwhile.
    const isPricedNow =
      given?.fen === null && valueOf(this.#parts.stocks.find(stockId), before) !== null
    const totalFen =
      given === null || isPricedNow ? this.#parts.order.remainingFor(presentation) : null
    return totalFen === null ? redemption : { ...redemption, totalFen }
  }

  /** Returns the redemption with the time until which it is held for its customer, if it is. */
  keepHeld(redemption: Redemption): Redemption {
    return { ...redemption, heldUntil: this.#heldUntil(redemption) }
  }

  told(presentation: Presentation, verdict: Verdict, at: number): AuditEntry {
    const evidence = toldOf(presentation, this.#parts.order.totalOf(presentation), verdict)
    return { at, event: 'told', evidence }
  }

  verdict(
    telling: Telling,
    redemption: Redemption | null,
    details: VerdictDetails = noDetails,
  ): Verdict {
    const { tone, reason, instruction, price, given, outside } = telling
    const { offline, shop, stocks, misread, isUnrecorded } = details
    const isGive = instruction === 'give'
    return {
      tone,
      reason,
      instruction,
      redemption: redemption && this.#parts.view(redemption),
      deductFen: isGive ? (price?.deductFen ?? redemption?.given?.fen ?? null) : null,
      payable: isGive ? (price?.payable ?? null) : null,
      shortFen: price?.shortFen ?? null,
      given,
      outside,
      offline,
      shop: shop && viewOfStanding(shop),
      stocks: [...stocks],
      misread,
      isUnrecorded,
      choices: stocks.length > 0 ? ['choose-stock'] : [...telling.choices],
      at: this.#parts.clocks.now(),
    }
  }

  /** How it stands among the tills of the shop, while WeChat Pay does not say; `null` for a till alone. */
  #shopOf(redemption: Redemption): ShopStanding | null {
    const isSilence = familyOf(redemption.reason ?? 'no-answer-in-time') === 'silence'
    return redemption.state === 'pending' && isSilence ? this.#parts.standingOf(redemption) : null
  }

  /** Returns what the offline policy decides; `null` when it does not apply: after a reply, or without a customer. */
  #askPolicy(
    presentation: Presentation,
    redemption: Redemption,
    stock: StockView | null,
    shop: ShopStanding | null,
  ): OfflineDecision | null {
    const { reason, state, stockId, totalFen } = redemption
    const isSilence = familyOf(reason ?? 'no-answer-in-time') === 'silence'
    if (state !== 'pending' || !isSilence || redemption.given !== null) return null
    const { offlinePolicy, open, clocks } = this.#parts
    const isHonour = offlineModeOf(offlinePolicy, stockId) === 'honour'
    // What another till has is refused, and what the shop's server is being asked about is not decided yet.
    if (shop?.kind === 'elsewhere' || (isHonour && shop?.kind === 'asking')) return null
    if (isHonour && !this.#parts.order.isAttended(presentation)) return null
    // A discount was given for this code before, in another batch. Only a person may honour it, and no rule.
    if (isHonour && presentation.wasGivenBefore) return { mode: 'hold', limit: null }
    return decideOffline(offlinePolicy, {
      stockId,
      stock,
      valueFen: valueOf(stock, totalFen),
      open: open.honoured(offlinePolicy.limits.singleFen, redemption.useRequestNo),
      lastContactAt: this.#parts.lastContactAt(),
      now: clocks.now(),
    })
  }

  /** Returns the sum that keeps a supervisor too from honouring one more coupon now; `null` for none. */
  #overLimit(redemption: Redemption, stock: StockView | null): OfflineLimit | null {
    const { useRequestNo, state, given, totalFen } = redemption
    if (state !== 'pending' || given !== null) return null
    const { open, offlinePolicy } = this.#parts
    const { limits } = offlinePolicy
    const may = mayHonour({ open, limits }, { useRequestNo, stock, totalFen })
    return !may.ok && may.error.code === 'over-limit' ? may.error.limit : null
  }

  /** Returns the redemption as it is once the verdict is shown. */
  #after(
    redemption: Redemption,
    { reason, instruction, price }: Telling,
    { cashier }: Presentation,
    stock: StockView | null,
  ): Redemption {
    const at = this.#parts.clocks.now()
    const { state, given, released } = redemption
    if (instruction === 'give') {
      // What a person read off the coupon stands while nothing better is known.
      const fen = price?.deductFen ?? leftOf(given?.fen ?? null, redemption.totalFen)
      const isHonoured = state === 'pending'
      return {
        ...redemption,
        heldUntil: null,
        given: { at: given?.at ?? at, by: given === null ? cashier : given.by, fen },
        ...(isHonoured && {
          honoured: true,
          honouredValueFen: valueOf(stock, redemption.totalFen) ?? redemption.honouredValueFen,
        }),
      }
    }
    const isTakenBack = reason === 'redeemed-below-threshold' || reason === 'redeemed-nothing-left'
    if (isTakenBack && given !== null) return this.keepHeld({ ...redemption, given: null })
    const how = reason === 'offline-not-accepted' ? reason : releasedFor(reason)
    if (how !== null && state === 'pending' && given === null && released === null) {
      return this.keepHeld({ ...redemption, released: { at, how } })
    }
    return this.keepHeld(redemption)
  }

  #heldUntil(redemption: Redemption): number | null {
    const { state, given, heldUntil, released } = redemption
    const isOwed = given === null && (state === 'pending' || state === 'redeemed')
    if (isOwed) return heldUntil ?? this.#parts.clocks.now() + this.#parts.holdMs
    return state === 'returning' && released !== null ? heldUntil : null
  }

  #auditsOf(before: Redemption, after: Redemption, { reason }: Telling): AuditEntry[] {
    const at = this.#parts.clocks.now()
    const note = (how: NoteKind) => ({ by: policyName, how, why: reason }) as const
    if (after.honoured && !before.honoured)
      return [{ at, event: 'honoured', evidence: note('policy') }]
    if (after.released !== null && before.released === null)
      return [{ at, event: 'released', evidence: note(after.released.how) }]
    return []
  }
}

const elsewhere: ReadonlySet<Reason> = new Set([
  'claimed-at-other-till',
  'honoured-at-other-till',
  'redeemed-at-other-till',
])

function releasedFor(reason: Reason): 'at-other-till' | null {
  return elsewhere.has(reason) ? 'at-other-till' : null
}

function viewOfStanding(shop: ShopStanding): ShopView {
  const { kind } = shop
  return kind === 'elsewhere'
    ? { kind, tillId: shop.tillId, at: shop.at }
    : { kind, tillId: null, at: null }
}
