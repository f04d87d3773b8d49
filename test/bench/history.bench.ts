import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { everyRedemption as everything, type HistoryQuery } from '../../main/contract/history.ts'
import { median } from '../../renderer/scanner/statistics.ts'
import { openTestStore } from '../support/open-test-store.ts'
import type { BenchRow } from './bench-row.ts'
import { pastCode } from './store/past.ts'
import { fillWithYears, now } from './history/years.ts'

const rows = 1_000_000
const dayMs = 86_400_000
const rounds = 15
const searchLimitMs = 100
const insightsLimitMs = 500

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
    console.log(`the first reading of a year's insights took ${Math.round(firstReading)} ms`)
    store.close()
    return [...results, detail, insights, report]
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
