import { type Birth, mintAnew, trueUseTime, useTimeNow } from './mint-anew.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { Clocks, Random, Redemptions } from './ports.ts'
import { mayHaveArrivedUnseen, move, type Redemption } from './redemption.ts'
import type { StockFacts } from './gateway.ts'
import { isOutsideWindow } from './stock-catalogue.ts'
import { isForeign } from './take-over.ts'
import type { TillIdentity } from './till-parts.ts'

/** A request is sent again after a refusal only if the clock was corrected by more than this since. */
const worthAskingAgainMs = 60_000

interface AfterRefusal {
  /** The redemption that replaces the refused one; `null` for none. */
  readonly renewed: Redemption | null
  /** If it is not renewed, the same bytes may be sent again, signed with the right time. */
  readonly maySendAgain: boolean
}

/** Replaces redemptions that were recorded under a wrong clock or another appid, and knows which number replaced which. */
export interface Renewal {
  /** Notes when a redemption was recorded, as its first attempt begins. */
  seen(redemption: Redemption): void
  /** Returns the redemption that replaces this one before it is sent; `null` when it may be sent as it is. */
  beforeSending(redemption: Redemption): Redemption | null
  /** How far this PC's clock is off as far as known, in milliseconds. */
  offsetMs(): number
  /** Returns what to do after a refusal for the time in the request; `null` for any other outcome. */
  afterRefusal(
    redemption: Redemption,
    said: Outcome | ReturnOutcome,
    offsetBeforeMs: number,
  ): AfterRefusal | null
  /** Forgets a redemption that is settled. */
  forget(redemption: Redemption): void
  /** Returns the number that replaced this one, or this one itself. */
  numberOf(useRequestNo: string): string
}

interface RenewalParts {
  readonly redemptions: Pick<Redemptions, 'replace'>
  readonly clocks: Clocks
  readonly random: Random
  readonly identity: TillIdentity
  readonly findStock: (stockId: string | null) => StockFacts | null
}

export function createRenewal(parts: RenewalParts): Renewal {
  const { redemptions, clocks, random, findStock } = parts
  const { tillId, appid } = parts.identity
  /** When the redemptions were recorded that are not settled, by number; only since this start of the till. */
  const births = new Map<string, Birth>()
  const successors = new Map<string, string>()

  function renew(
    redemption: Redemption,
    now: number,
    evidence: AuditEntry['evidence'],
  ): Redemption | null {
    const { useRequestNo: old, state, couponReturn, released } = redemption
    // The customer keeps the coupon: nothing more is sent for it.
    if (state !== 'pending' || couponReturn !== null || released !== null) return null
    const birth = births.get(old) ?? null
    const useTime = trueUseTime(redemption, { now, birth, pc: clocks.pc, elapsed: clocks.elapsed })
    const isReaddressed = isMisaddressed(redemption)
    const to = { tillId, appid: isReaddressed ? appid : null, useTime, now, random }
    if (useTime === null && !isReaddressed) return null
    const { uncertain } = redemption
    const fresh = { ...mintAnew(redemption, to), uncertain }
    const at = clocks.now()
    const ended = move(redemption, {
      state: 'cancelled',
      reason: isReaddressed ? 'appid-not-bound' : 'clock-wrong',
      inFlight: false,
      settledAt: at,
      nextAttemptAt: null,
      // What was given goes on with the new redemption, so that it counts once.
      honoured: false,
      honouredValueFen: null,
      given: null,
    })
    const replaced = redemptions.replace(
      { redemption: ended, audits: [{ at, event: 'cancelled', evidence }] },
      { redemption: fresh, audits: [{ at, event: 'recorded', evidence: null }] },
    )
    // What cannot be written is not sent: the old redemption goes on.
    if (!replaced.ok) return null
    successors.set(old, fresh.useRequestNo)
    births.delete(old)
    if (birth !== null) births.set(fresh.useRequestNo, birth)
    return fresh
  }

  /** The appid was mended since it was recorded. What may have arrived under the old one keeps its number and its bytes. */
  function isMisaddressed(redemption: Redemption): boolean {
    const isBound = redemption.state !== 'pending' || mayHaveArrivedUnseen(redemption)
    return !isBound && isForeign(redemption, appid)
  }

  const offsetMs = (): number => clocks.corrected() - clocks.pc()

  return {
    offsetMs,
    seen({ useRequestNo, attempts, reason }) {
      // A redemption that was kept from being sent was recorded earlier than its first attempt.
      if (attempts === 1 && reason === null)
        births.set(useRequestNo, { elapsed: clocks.elapsed(), pc: clocks.pc() })
    },
    forget: ({ useRequestNo }) => births.delete(useRequestNo),
    beforeSending(redemption) {
      // What may have had an effect keeps its number and its bytes.
      if (redemption.uncertain) return null
      const now = clocks.confirmed() ?? (isMisaddressed(redemption) ? clocks.corrected() : null)
      return now === null ? null : renew(redemption, now, null)
    },
    afterRefusal(redemption, said, offsetBeforeMs) {
      const { evidence } = said
      if (said.kind === 'refused' && said.reason === 'outside-validity') {
        const now = useTimeNow(clocks)
        // If the batch is valid now, the time in the request was refused, in earlier attempts too. Otherwise the coupon may
        // have been valid when an earlier attempt arrived.
        const isFree = !redemption.uncertain || isKnownValid(findStock(redemption.stockId), now)
        return { renewed: isFree ? renew(redemption, now, evidence) : null, maySendAgain: false }
      }
      const isForTime =
        said.kind === 'blocked' && said.reason === 'clock-wrong' && !said.mayHaveTakenEffect
      if (!isForTime || Math.abs(offsetMs() - offsetBeforeMs) <= worthAskingAgainMs) return null
      const renewed = redemption.uncertain ? null : renew(redemption, clocks.corrected(), evidence)
      return { renewed, maySendAgain: true }
    },
    numberOf(useRequestNo) {
      let number = useRequestNo
      for (let next = successors.get(number); next !== undefined; next = successors.get(number))
        number = next
      return number
    },
  }
}

function isKnownValid(stock: StockFacts | null, now: number): boolean {
  const isKnown = stock !== null && stock.availableFrom !== null && stock.availableUntil !== null
  return isKnown && !isOutsideWindow(stock, now)
}
