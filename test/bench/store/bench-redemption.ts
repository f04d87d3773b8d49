import type { TillStore } from '../../../main/redemption/ports.ts'
import { newRedemption, type Redemption } from '../../../main/redemption/redemption.ts'
import { createRequestNumber, createUseBody } from '../../../main/redemption/use-request.ts'

/** Makes a redemption scanned now, with a new code and number. */
export function benchRedemption(appid: string, random: () => number): Redemption {
  const at = Date.now()
  const useRequestNo = createRequestNumber('B1', () => at, random)
  const couponCode = Array.from({ length: 22 }, () => Math.floor(random() * 10)).join('')
  const body = createUseBody({ couponCode, appid, useRequestNo, at, stockId: null })
  return newRedemption({ useRequestNo, couponCode, source: 'scanned', body, recordedAt: at })
}

export function record(store: Pick<TillStore, 'redemptions'>, redemption: Redemption): void {
  const saved = store.redemptions.insert(redemption, {
    at: redemption.recordedAt,
    event: 'recorded',
    evidence: null,
  })
  if (!saved.ok) throw new Error(saved.error.code)
}
