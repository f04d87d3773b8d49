import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { everyRedemption as everything, type HistoryQuery } from '../../main/contract/history.ts'
import { median } from '../../renderer/scanner/statistics.ts'
import { readMoney } from '../../main/app/money.ts'
import { openTestStore } from '../support/open-test-store.ts'
import type { BenchRow } from './bench-row.ts'
import { pastCode } from './store/past.ts'
import { fillWithYears, now } from './history/years.ts'

const rows = 1_000_000
const dayMs = 86_400_000
const rounds = 15
const searchLimitMs = 100
const insightsLimitMs = 500
const moneyLimitMs = 300

const searches: Readonly<Record<string, Partial<HistoryQuery>>> = {
  'opens (newest page)': {},
  'by the last four characters': { text: pastCode(777).slice(-4) },
  'by a whole code': { text: pastCode(123_456) },
  'by the beginning of a number': { text: 'T01-20261123104512' },
  'by a rare state': { states: ['refused'] },
  'by batch': { stockId: 'S3' },
  'by cashier': { cashier: 'cashier 4' },
  'by a week': { from: now - 400 * dayMs, until: now - 393 * dayMs },
  'by cashier, batch and month': {
    cashier: 'cashier 2',
    stockId: 'S1',
    from: now - 500 * dayMs,
    until: now - 470 * dayMs,
  },
  'by a batch that is nowhere, one page of the search': { stockId: 'S9' },
}

/** Reads history and insights over a million redemptions: milliseconds in the main process, compared with the limit. */
export async function bench(): Promise<readonly BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-history-'))
  const file = path.join(folder, 'till.db')
  try {
    fillWithYears(file, rows)
    const store = openTestStore(file)
    await store.history.catchUp(() => false)
    const results: BenchRow[] = []
    for (const [name, query] of Object.entries(searches))
      results.push(
        await row(`history ${name}, ms`, searchLimitMs, () =>
          store.history.search({ ...everything, ...query }),
        ),
      )
    const detail = await row('history detail, ms', searchLimitMs, () =>
      store.history.timeline('PAST-000000500000'),
    )
    const begun = performance.now()
    await store.insights.read(365, now)
    const firstReading = performance.now() - begun
    const insights = await row('insights of a year, ms', insightsLimitMs, () =>
      store.insights.read(365, now),
    )
    const report = await row('figures of a shift with 2000 redemptions, ms', insightsLimitMs, () =>
      store.ledger.rows({ after: rows - 2000, upTo: rows }, { from: null, until: null }),
    )
    const daysOfMoney = (first: string, last: string) => () =>
      readMoney(store, { range: { from: first, to: last }, place: 'all' }, now)
    // A million in three years are 913 a day.
    const money = [
      await row(
        'money of 10,000 redemptions, ms',
        moneyLimitMs,
        daysOfMoney('2026-11-01', '2026-11-11'),
      ),
      await row('money of today, ms', moneyLimitMs, daysOfMoney('2026-11-23', '2026-11-23')),
      await row('sums of a month of the history, ms', moneyLimitMs, () =>
        store.history.groups({ ...everything, from: now - 30 * dayMs, until: now }),
      ),
    ]
    const yearBegun = performance.now()
    await daysOfMoney('2025-11-24', '2026-11-23')()
    const year = performance.now() - yearBegun
    console.log(`the money of a year, 333,000 redemptions, took ${Math.round(year)} ms in slices`)
    console.log(`the first reading of a year's insights took ${Math.round(firstReading)} ms`)
    store.close()
    return [...results, detail, insights, report, ...money]
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

async function row(measure: string, limitMs: number, work: () => unknown): Promise<BenchRow> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    await work()
    times.push(performance.now() - begun)
  }
  const ours = median(times)
  return { measure, ours, peer: limitMs, ratio: ours / limitMs, goal: 1, better: 'lower' }
}
