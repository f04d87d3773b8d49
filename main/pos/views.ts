import { lastReason, type Redemption } from '../redemption/redemption.ts'
import { deductedBy } from '../redemption/pos-orders.ts'
import { tell, type Telling } from '../redemption/telling.ts'
import type { Verdict } from '../contract/counter.ts'
import type { Language } from '../contract/language.ts'
import type { Reason } from '../contract/reason.ts'
import type { StockView } from '../contract/redemption-view.ts'
import { wordsHere } from '../words-here.ts'
import type { Coupon } from './schemas.ts'

interface ViewParts {
  readonly language: Language
  /** What the till knows of a batch; `null` for nothing. */
  readonly stockOf: (redemption: Redemption) => StockView | null
}

type Said = Pick<Coupon, 'reason' | 'title' | 'advice'>

/**
 * Returns what a POS reads of a coupon of its order. The instruction follows from what is written of the redemption
 * alone, so that it is the same after a restart, and however often it is asked for.
 */
export function couponOf(redemption: Redemption, { language, stockOf }: ViewParts): Coupon {
  const stock = stockOf(redemption)
  const { useRequestNo, couponCode, state, given, recordedAt } = redemption
  const telling = tellingOf(redemption, stock)
  return {
    no: useRequestNo,
    codeTail: couponCode.slice(-4),
    batch: stock && { id: stock.stockId, name: stock.name },
    instruction: instructionOf(redemption, telling),
    deductFen:
      given !== null && given.fen === null ? unknownSum(redemption) : deductedBy(redemption),
    state,
    ...said(reasonOf(redemption, telling), language),
    isFinal: isFinal(redemption),
    recordedAt,
  }
}

/** Returns what a POS reads of a code that was not recorded for its order. */
export function refusedCoupon(
  { reason, redemption, instruction }: Verdict,
  codeTail: string,
  language: Language,
): Coupon {
  const stock = redemption?.stock ?? null
  // Somebody has to choose its batch at the till.
  const isOpen = instruction === 'not-yet'
  return {
    no: null,
    codeTail,
    batch: stock && { id: stock.stockId, name: stock.name },
    instruction: isOpen ? 'not-yet' : 'do-not-give',
    deductFen: 0,
    state: redemption?.state ?? 'refused',
    ...said(reason, language),
    isFinal: !isOpen,
    recordedAt: null,
  }
}

/** Takes a coupon's words from the verdict, which knows more than what is written, such as why nothing is given. */
export function withWordsOf(coupon: Coupon, { reason }: Verdict, language: Language): Coupon {
  return { ...coupon, ...said(reason, language) }
}

/**
 * Applies the coupons to a total in their order. None takes off more than is left, whatever it is worth: the POS may have
 * lowered the total since.
 */
export function applied(
  coupons: readonly Coupon[],
  totalFen: number,
): { readonly coupons: Coupon[]; readonly deductFen: number; readonly payFen: number } {
  let payFen = totalFen
  const limited = coupons.map((coupon) => {
    if (coupon.deductFen === null) return coupon
    const deductFen = Math.min(coupon.deductFen, payFen)
    payFen -= deductFen
    return { ...coupon, deductFen }
  })
  return { coupons: limited, deductFen: totalFen - payFen, payFen }
}

function instructionOf(redemption: Redemption, telling: Telling): Coupon['instruction'] {
  const { given, state, couponReturn, released } = redemption
  if (state === 'returning' || state === 'returned') return 'do-not-give'
  // Its return was refused: what was deducted stays so, and nothing more is.
  if (given !== null) return couponReturn?.refusedAt != null ? 'already-given' : 'give'
  const isOpen = (state === 'pending' || state === 'redeemed') && released === null
  return isOpen && telling.instruction === 'not-yet' ? 'not-yet' : 'do-not-give'
}

function isFinal({ given, state, released }: Redemption): boolean {
  if (state === 'returning') return false
  if (given !== null) return true
  return state !== 'review' && (released !== null || (state !== 'pending' && state !== 'redeemed'))
}

/** `null`: given, and the sum is to be read on the phone. What goes back to the customer takes nothing off. */
function unknownSum({ state }: Redemption): number | null {
  return state === 'returning' || state === 'returned' ? 0 : null
}

/** What a cashier would be told of it who was not there when it was scanned. */
function tellingOf(redemption: Redemption, stock: StockView | null): Telling {
  return tell({
    redemption,
    stock,
    outside: null,
    isAttended: false,
    isRecall: false,
    offline: null,
    mayBeHonoured: false,
    shop: null,
    said: null,
  })
}

function reasonOf(redemption: Redemption, telling: Telling): Reason {
  return redemption.state === 'refused'
    ? (lastReason(redemption) ?? telling.reason)
    : telling.reason
}

function said(reason: Reason, language: Language): Said {
  const { title, action } = wordsHere(language).reasons[reason].cashier
  return { reason, title, advice: action }
}
