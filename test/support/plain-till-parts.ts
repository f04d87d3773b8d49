import { holdAll } from '../../main/redemption/offline-policy.ts'
import type { Clock, Clocks } from '../../main/redemption/ports.ts'
import type { TillRules } from '../../main/redemption/till-parts.ts'

/** WeChat Pay's 22-digit codes alone, and nothing honoured without a reply. */
export const plainRules: TillRules = {
  codeRules: { merchantCodes: [] },
  offlinePolicy: holdAll,
  onlyStockId: null,
  stockTerms: {},
}

/** Clocks of a till whose PC's clock is taken as right, and whose time WeChat Pay has not confirmed. */
export function onlyPcClock(now: Clock): Clocks {
  return { now, pc: now, corrected: now, elapsed: now, confirmed: () => null }
}
