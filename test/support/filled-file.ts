import { openStore, type Store } from '../../main/store/store.ts'
import { openTestStore } from './open-test-store.ts'
import { pendingRedemption } from './store-fixture.ts'
import { testDataKey } from './test-data-key.ts'

/** SQLite's, in bytes. */
export const pageBytes = 4096
/** How many redemptions `fillFile` writes. */
export const filledCount = 400

/** Leaves a closed file with 400 pending redemptions, and returns their codes. */
export function fillFile(file: string): string[] {
  const store = openTestStore(file, testDataKey, 0)
  const codes = Array.from({ length: filledCount }, (_, index) => String(index).padStart(22, '7'))
  for (const [index, couponCode] of codes.entries())
    store.redemptions.insert(pendingRedemption(index, { couponCode }), {
      at: 1,
      event: 'recorded',
      evidence: null,
    })
  store.close()
  return codes
}

/** Opens the file anew. Throws where it cannot be opened. */
export function reopenFile(file: string): Store {
  const opened = openStore({ file, dataKey: testDataKey, logBytes: 0 })
  if (!opened.ok) throw new Error(opened.error.code, opened.error)
  return opened.value
}
