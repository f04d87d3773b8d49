import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { AuditEntry } from '../../main/redemption/audit-entry.ts'
import type { TillStore } from '../../main/redemption/ports.ts'
import { newRedemption, type Redemption } from '../../main/redemption/redemption.ts'

/** Creates a temporary folder; the caller removes it at the end. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-store-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export function pendingRedemption(number: number, change: Partial<Redemption> = {}): Redemption {
  const couponCode = change.couponCode ?? String(1_201_059_453_000_000_000_000n + BigInt(number))
  const useRequestNo = `T01-20261123104512-${String(number).padStart(8, '0')}`
  const body = { coupon_code: couponCode, appid: 'wx0', use_request_no: useRequestNo }
  return {
    ...newRedemption({
      useRequestNo,
      couponCode,
      source: 'scanned',
      body: new TextEncoder().encode(JSON.stringify(body)),
      recordedAt: 1_795_430_000_000 + number,
    }),
    ...change,
  }
}

/** Changes one redemption, with its audit rows. Throws where the file does not take it. */
export function amend(
  { redemptions }: Pick<TillStore, 'redemptions'>,
  redemption: Redemption,
  ...audits: readonly AuditEntry[]
): void {
  const written = redemptions.update([{ redemption, audits }])
  if (!written.ok) throw written.error.cause
}
