import type { RedemptionStore } from '../../main/redemption/ports.ts'
import type { Redemption } from '../../main/redemption/redemption.ts'
import { createUseBody } from '../../main/redemption/use-request.ts'

let made = 0

/** A redemption as the till records it before its first attempt. */
export function newRedemption(couponCode: string): Redemption {
  made += 1
  const at = Date.now()
  const useRequestNo = `TEST-${String(made).padStart(8, '0')}`
  return {
    useRequestNo,
    couponCode,
    state: 'pending',
    source: 'scanned',
    body: createUseBody({ couponCode, appid: 'wx0123456789abcdef', useRequestNo, at }),
    attempts: 1,
    inFlight: true,
    uncertain: false,
    honoured: false,
    reason: null,
    recordedAt: at,
    settledAt: null,
    nextAttemptAt: at,
    stockId: null,
    openid: null,
  }
}

export function record(store: RedemptionStore, redemption: Redemption): void {
  store.insert(redemption, { at: redemption.recordedAt, event: 'recorded', evidence: null })
}
