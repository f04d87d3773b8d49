import { expect, test } from 'vitest'
import { withContactFile } from '../../../main/app/live/contact-file.ts'
import type { CommandPlace } from '../../../main/command-line/place.ts'
import { printReport } from '../../../main/command-line/report.ts'
import { runStatus } from '../../../main/command-line/status.ts'
import { noBackup } from '../../../main/contract/upkeep.ts'
import type { AnchoredTill } from '../../support/anchored-till.ts'
import { noShopDesk } from '../../support/no-shop-desk.ts'
import { newTill } from '../../support/trading-till.ts'

const now = Date.parse('2026-11-23T02:00:00Z')
const hourMs = 3_600_000
const good = { ...noBackup, folder: '/stick', lastAt: now - hourMs, hasPassword: true }

function statusOf(till: AnchoredTill, change: Partial<CommandPlace> = {}) {
  const report = runStatus({
    ...till.place,
    clock: () => now,
    language: 'en',
    resolveProxy: async () => 'DIRECT',
    userAgent: 'test',
    version: '1.2.3',
    backup: good,
    workingFolder: till.place.folder,
    standardInput: async () => null,
    shopDesk: noShopDesk,
    tellWindow: null,
    ...change,
  })
  const codes = report.checks.map(({ check, state, code }) => `${check} ${state} ${code}`)
  return { ...report, codes, text: printReport(report, 'en') }
}

const empty = { waiting: 0, review: 0, bound: 0, misaddressed: 0, oldestAt: null }

test('a till with which all is well needs no attention, and says version, contact and backup', async () => {
  const till = await newTill()
  const kept = { read: () => null, write: () => undefined }
  withContactFile(kept, till.place.folder).write(now - hourMs)
  const status = statusOf(till)
  expect(status).toMatchObject({
    ok: true,
    attention: false,
    facts: {
      version: '1.2.3',
      lastContactAt: '2026-11-23T01:00:00.000Z',
      oldestAt: null,
      backup: { lastAt: '2026-11-23T01:00:00.000Z', hasPassword: true },
    },
  })
  expect(status.codes).toContain('contact ok contact-at')
  // In China's time, wherever the computer's clock is set to.
  expect(status.text).toContain('2026-11-23 09:00')
})

test.each([
  ['a review', { queueCounts: () => ({ ...empty, review: 1, oldestAt: now - 5 }) }],
  [
    'what waits for days',
    { queueCounts: () => ({ ...empty, waiting: 1, oldestAt: now - 25 * hourMs }) },
  ],
  ['a backup that is too old', { backup: { ...good, lastAt: now - 73 * hourMs } }],
  ['a backup that failed', { backup: { ...good, fault: 'no-room' as const } }],
  ['no backup at all', { backup: noBackup }],
])('%s needs attention, and nothing failed', async (_, change) => {
  const status = statusOf(await newTill(), change)
  expect(status).toMatchObject({ ok: true, attention: true })
  expect(status.text).toContain('[attention]')
  expect(status.text).toContain('Something needs attention')
})

test('that no backup is made is noted where an owner has decided it', async () => {
  const status = statusOf(await newTill(), { backup: { ...noBackup, isDeclined: true } })
  expect(status.attention).toBe(false)
  expect(status.codes).toContain('backup warning backup-declined')
})

test('what waits since a moment ago, and a backup without a password, are noted', async () => {
  const status = statusOf(await newTill(), {
    queueCounts: () => ({ ...empty, waiting: 2, oldestAt: now - 60_000 }),
    backup: { ...good, hasPassword: false },
  })
  expect(status.attention).toBe(false)
  expect(status.codes).toContain('queue warning queue-waiting')
  expect(status.codes).toContain('backup warning backup-here-only')
  expect(status.facts).toMatchObject({ oldestAt: '2026-11-23T01:59:00.000Z' })
})
