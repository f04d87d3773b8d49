import { type Birth, mintAnew, trueUseTime, useTimeNow } from './mint-anew.ts'
import type { Outcome, ReturnOutcome } from './outcome.ts'
import type { AuditEntry } from './audit-entry.ts'
import type { Clocks, Random, Redemptions } from './ports.ts'
import { move, type Redemption } from './redemption.ts'
import type { StockFacts } from './gateway.ts'
import { isOutsideWindow } from './stock-catalogue.ts'

/** A correction this large explains a refusal: WeChat Pay refuses what is more than 5 minutes off. */
const worthAskingAgainMs = 60_000

interface AfterRefusal {
  readonly renewed: Redemption | null
  /** Where it is not renewed, the same bytes may be signed for the right time. */
  readonly maySendAgain: boolean
}

/** Which redemptions are minted anew, because they were recorded under a wrong clock, and where they went. */
export interface Renewal {
  /** Its first attempt begins now: it has been recorded this moment. */
  seen(redemption: Redemption): void
  /** The redemption that replaces this one, before anything of it leaves; `null` when it may go as it is. */
  beforeSending(redemption: Redemption): Redemption | null
  /** What this PC's clock is off by, as far as known. */
  offsetMs(): number
  /** What follows from a refusal for the time in the request; `null` for any other answer. */
  afterRefusal(
    redemption: Redemption,
    said: Outcome | ReturnOutcome,
    offsetBeforeMs: number,
  ): AfterRefusal | null
  /** It is decided. */
  forget(redemption: Redemption): void
  /** The number that goes on where this one ended. */
  numberOf(useRequestNo: string): string
}

interface RenewalParts {
  readonly redemptions: Pick<Redemptions, 'replace'>
  readonly clocks: Clocks
  readonly random: Random
  readonly tillId: string
  readonly findStock: (stockId: string | null) => StockFacts | null
}

export function createRenewal(parts: RenewalParts): Renewal {
  const { redemptions, clocks, random, tillId, findStock } = parts
  /** Of what was recorded since this start and is not decided. */
  const births = new Map<string, Birth>()
  const successors = new Map<string, string>()

  function renew(
    redemption: Redemption,
    now: number,
    evidence: AuditEntry['evidence'],
  ): Redemption | null {
    const { useRequestNo: old, state, couponReturn, released } = redemption
    // Its customer has kept it: nothing more of it is sent.
    if (state !== 'pending' || couponReturn !== null || released !== null) return null
    const birth = births.get(old) ?? null
    const useTime = trueUseTime(redemption, { now, birth, pc: clocks.pc, elapsed: clocks.elapsed })
    if (useTime === null) return null
    const { uncertain } = redemption
    const fresh = { ...mintAnew(redemption, { tillId, useTime, now, random }), uncertain }
    const at = clocks.now()
    const ended = move(redemption, {
      state: 'cancelled',
      reason: 'clock-wrong',
      inFlight: false,
      settledAt: at,
      nextAttemptAt: null,
      // What was told of it, and what it is worth, goes on with the other: it counts once.
      honoured: false,
      honouredValueFen: null,
      given: null,
    })
    const replaced = redemptions.replace(
      { redemption: ended, audits: [{ at, event: 'cancelled', evidence }] },
      { redemption: fresh, audits: [{ at, event: 'recorded', evidence: null }] },
    )
    // What cannot be written down is not sent: the old one goes on.
    if (!replaced.ok) return null
    successors.set(old, fresh.useRequestNo)
    births.delete(old)
    if (birth !== null) births.set(fresh.useRequestNo, birth)
    return fresh
  }

  const offsetMs = (): number => clocks.corrected() - clocks.pc()

  return {
    offsetMs,
    seen({ useRequestNo, attempts, reason }) {
      // One that was kept from being sent was recorded before its first attempt.
      if (attempts === 1 && reason === null)
        births.set(useRequestNo, { elapsed: clocks.elapsed(), pc: clocks.pc() })
    },
    forget: ({ useRequestNo }) => births.delete(useRequestNo),
    beforeSending(redemption) {
      const now = clocks.confirmed()
      // What may have had an effect keeps its number and its bytes.
      return now === null || redemption.uncertain ? null : renew(redemption, now, null)
    },
    afterRefusal(redemption, said, offsetBeforeMs) {
      const { evidence } = said
      if (said.kind === 'refused' && said.reason === 'outside-validity') {
        const now = useTimeNow(clocks)
        // Of a batch that is valid now it was the time in the request that was refused, in any earlier attempt too. Of any
        // other it may have been valid when an earlier attempt arrived.
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
