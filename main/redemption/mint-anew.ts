import { z } from 'zod'
import { newRedemption, type Redemption } from './redemption.ts'
import type { Clocks, Random } from './ports.ts'
import { createRequestNumber, formatUseTime } from './use-request.ts'

/** When something was recorded, by what nobody can set and by what anybody can. */
export interface Birth {
  readonly elapsed: number
  readonly pc: number
}

/** WeChat Pay itself refuses a signature that is farther off. */
const toleranceMs = 5 * 60_000
/** A PC that sleeps stops the count of what passes: a difference of some hours says nothing. */
const longestSleepMs = 12 * 3_600_000
/** No outage lasts as long: what seems to have waited longer was recorded under a wrong clock. */
const longestOutageMs = 60 * 86_400_000

const UseBody = z.looseObject({ use_time: z.string() })

/** The time that a `coupons/use` request is written with, now. */
export function useTimeNow({
  confirmed,
  corrected,
}: Pick<Clocks, 'confirmed' | 'corrected'>): number {
  return confirmed() ?? corrected()
}

/**
 * When the coupon was presented, by WeChat Pay's clock, which shows `now`; `null` where the time in the recorded request
 * may be right. `birth` is `null` for what was recorded before this start of the till: then the present must do.
 */
export function trueUseTime(
  { body }: Redemption,
  at: { readonly now: number; readonly birth: Birth | null } & Pick<Clocks, 'pc' | 'elapsed'>,
): number | null {
  const written = useTimeIn(body)
  if (written === null) return null
  const { now, birth } = at
  const isToCome = written > now + toleranceMs
  if (birth === null) {
    // Minted anew before: no other time is known.
    if (Math.abs(written - now) <= toleranceMs) return null
    const isPcWrong = Math.abs(now - at.pc()) > toleranceMs
    return isToCome || isPcWrong || written < now - longestOutageMs ? now : null
  }
  const age = at.elapsed() - birth.elapsed
  // The PC slept, or somebody set its clock forward: the two look the same.
  const mayHaveSlept = at.pc() - birth.pc - age > toleranceMs
  const presentedAt = now - age
  const isOff = Math.abs(written - presentedAt) > (mayHaveSlept ? longestSleepMs : toleranceMs)
  return isOff || isToCome ? presentedAt : null
}

/**
 * The same coupon for the same customer, under another number and another time: a request of its own. Only for a
 * redemption of which no attempt can have had an effect (`hadNoEffect`).
 */
export function mintAnew(
  old: Redemption,
  of: {
    readonly tillId: string
    readonly useTime: number
    readonly now: number
    readonly random: Random
  },
): Redemption {
  const useRequestNo = createRequestNumber(of.tillId, () => of.now, of.random)
  const sent = UseBody.parse(JSON.parse(new TextDecoder().decode(old.body)))
  const body = { ...sent, use_time: formatUseTime(of.useTime), use_request_no: useRequestNo }
  return {
    ...old,
    ...pristine(newRedemption({ ...old, useRequestNo, body: encode(body) })),
  }
}

/** What begins anew; everything else is the presentation's, and the count of attempts that decided nothing. */
function pristine({ useRequestNo, body, state, attempts, inFlight, uncertain }: Redemption) {
  return { useRequestNo, body, state, attempts, inFlight, uncertain, reason: null, settledAt: null }
}

function useTimeIn(body: Uint8Array): number | null {
  try {
    const at = Date.parse(UseBody.parse(JSON.parse(new TextDecoder().decode(body))).use_time)
    return Number.isNaN(at) ? null : at
  } catch {
    // Erased after its time: nothing is left to be sent.
    return null
  }
}

function encode(body: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}
