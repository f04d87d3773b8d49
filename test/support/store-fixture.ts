import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Redemption } from '../../main/redemption/redemption.ts'

/** A folder of the test's own, removed at the end of the scope that holds it. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-store-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function pendingRedemption(number: number, change: Partial<Redemption> = {}): Redemption {
  const couponCode = change.couponCode ?? String(1_201_059_453_000_000_000_000n + BigInt(number))
  return {
    useRequestNo: `T01-20261123104512-${String(number).padStart(8, '0')}`,
    couponCode,
    state: 'pending',
    source: 'scanned',
    body: new TextEncoder().encode(JSON.stringify({ coupon_code: couponCode })),
    attempts: 1,
    inFlight: true,
    uncertain: false,
    honoured: false,
    reason: null,
    recordedAt: 1_795_430_000_000 + number,
    settledAt: null,
    nextAttemptAt: 1_795_430_000_000 + number,
    stockId: null,
    openid: null,
    ...change,
  }
}
