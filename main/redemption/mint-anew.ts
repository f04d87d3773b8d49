import { z } from 'zod'
import { newRedemption, type Redemption } from './redemption.ts'
import type { Clocks, Random } from './ports.ts'
import { createRequestNumber, formatUseTime } from './use-request.ts'

/** When something was recorded, by the `elapsed` clock and by the PC's clock. */
export interface Birth {
  readonly elapsed: number
  readonly pc: number
}

/** WeChat Pay refuses a signature whose time is off by more than this. */
const toleranceMs = 5 * 60_000
/** The `elapsed` clock stands still while a PC sleeps, so that a difference of some hours proves nothing. */
const longestSleepMs = 12 * 3_600_000
/** No outage lasts longer: what seems to have waited longer was recorded under a wrong clock. */
const longestOutageMs = 60 * 86_400_000

const UseBody = z.looseObject({ use_time: z.string() })

/** Returns the `use_time` for a request that is made now, in epoch milliseconds. */
export function useTimeNow({
  confirmed,
  corrected,
}: Pick<Clocks, 'confirmed' | 'corrected'>): number {
  return confirmed() ?? corrected()
}

/**
 * Returns when the coupon was presented, by WeChat Pay's clock, which shows `now`; `null` if the time in the recorded request
 * may be right. `birth` is `null` for what was recorded before this start of the till; then `now` is returned.
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
    // It has the right time, or no better one is known.
    if (Math.abs(written - now) <= toleranceMs) return null
    const isPcWrong = Math.abs(now - at.pc()) > toleranceMs
    return isToCome || isPcWrong || written < now - longestOutageMs ? now : null
  }
  const age = at.elapsed() - birth.elapsed
  // A PC that slept and a clock that was set forward look the same.
  const mayHaveSlept = at.pc() - birth.pc - age > toleranceMs
  const presentedAt = now - age
  const isOff = Math.abs(written - presentedAt) > (mayHaveSlept ? longestSleepMs : toleranceMs)
  return isOff || isToCome ? presentedAt : null
}

/**
 * Returns a redemption of the same coupon for the same customer, with a new number and a new time or appid. Only for a
 * redemption that no attempt can have redeemed (`hadNoEffect`).
 */
export function mintAnew(
  old: Redemption,
  of: {
    readonly tillId: string
    /** `null`: the appid that the old one named. */
    readonly appid: string | null
    /** `null`: the time that the old one named. */
    readonly useTime: number | null
    readonly now: number
    readonly random: Random
  },
): Redemption {
  const useRequestNo = createRequestNumber(of.tillId, () => of.now, of.random)
  const sent = UseBody.parse(JSON.parse(new TextDecoder().decode(old.body)))
  const body = {
    ...sent,
    ...(of.appid !== null && { appid: of.appid }),
    use_time: of.useTime === null ? sent.use_time : formatUseTime(of.useTime),
    use_request_no: useRequestNo,
  }
  return {
    ...old,
    ...pristine(newRedemption({ ...old, useRequestNo, body: encode(body) })),
  }
}

/** The fields that begin anew. All others are kept, such as who scanned it and how many attempts had no result. */
function pristine({ useRequestNo, body, state, attempts, inFlight, uncertain }: Redemption) {
  return { useRequestNo, body, state, attempts, inFlight, uncertain, reason: null, settledAt: null }
}

function useTimeIn(body: Uint8Array): number | null {
  try {
    const at = Date.parse(UseBody.parse(JSON.parse(new TextDecoder().decode(body))).use_time)
    return Number.isNaN(at) ? null : at
  } catch {
    // The body was erased when its time was over.
    return null
  }
}

function encode(body: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(body))
}
