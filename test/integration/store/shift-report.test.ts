import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openRecords } from '../../../main/app/records.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const redeemed = { state: 'redeemed', inFlight: false, nextAttemptAt: null } as const
const given = (fen: number | null) => ({ at: 1, by: '小陈', fen })

test('the sum of discounts counts what was given, not what was redeemed', async () => {
  const folder = temporaryFolder()
  onTestFinished(() => folder.remove())
  const store = openTestStore(path.join(folder.path, 'till.db'))
  onTestFinished(() => store.close())
  const records: readonly (readonly [string, Partial<Redemption>])[] = [
    // A percentage, in two orders.
    ['percent', { ...redeemed, given: given(1200) }],
    ['percent', { ...redeemed, given: given(345) }],
    // Redeemed after its customer had left; refused; returned after it was given.
    ['percent', redeemed],
    ['percent', { ...redeemed, state: 'refused' }],
    ['percent', { ...redeemed, state: 'returned', given: given(999) }],
    // Given before the batch was known.
    ['unknown', { ...redeemed, given: given(null) }],
    ['unknown', { ...redeemed, given: given(500) }],
  ]
  for (const [number, [stockId, change]] of records.entries()) {
    const pending = pendingRedemption(number, { stockId })
    store.redemptions.insert(pending, { at: pending.recordedAt, event: 'recorded', evidence: null })
    amend(store, { ...pending, ...change }, { at: 1, event: 'redeemed', evidence: null })
  }
  await store.history.catchUp(() => false)
  const { recordedAt } = pendingRedemption(0)
  const shift = {
    id: 1,
    openedBy: '-',
    openedAt: recordedAt,
    closedBy: null,
    closedAt: null,
    note: '',
    handedOn: null,
  }
  const report = openRecords(store, () => recordedAt + 1000).report(shift)
  const sums = new Map(report.stocks.map((row) => [row.stockId, row]))
  expect(sums.get('percent')).toMatchObject({ redeemed: 3, returned: 1, deductedFen: 1545 })
  expect(sums.get('unknown')).toMatchObject({ redeemed: 2, deductedFen: null })
})
