import type { Scan } from '../../main/redemption/redeem-at-counter-parts.ts'

/** Makes a scan by nobody in particular, for the order at the counter, in which no batch is chosen. */
export function scanOf(payload: string, more: Partial<Scan> = {}): Scan {
  return { payload, source: 'scanned', cashier: null, totalFen: null, stockId: null, ...more }
}
