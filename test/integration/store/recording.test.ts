import { everyRedemption } from '../../../main/contract/history.ts'
import Database from 'better-sqlite3'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { maxFreshInARow, maxFreshRows } from '../../../main/store/fresh-rows.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
  store = openTestStore(file)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const recorded = { at: 1, event: 'recorded', evidence: null } as const

function record(from: number, to: number): Redemption[] {
  const all = Array.from({ length: to - from }, (_, at) => pendingRedemption(from + at))
  for (const redemption of all) expect(store.redemptions.insert(redemption, recorded).ok).toBe(true)
  return all
}

function reopen(): void {
  store.close()
  store = openTestStore(file)
}

function look<T>(read: (database: Database.Database) => T): T {
  const database = new Database(file)
  onTestFinished(() => void database.close())
  return read(database)
}

/** Returns how many rows lie between the newest row and the oldest one that is in no index. */
function oldestFresh(): number {
  const behind =
    'SELECT max(rowid) - ifnull(min(rowid) FILTER (WHERE fresh = 1), max(rowid)) FROM redemption'
  return Number(look((database) => database.prepare(behind).pluck().get()))
}

/** Turns a file's Buffer into plain numbers, to be compared. */
function plain(redemption: Redemption | null): unknown {
  return JSON.parse(
    JSON.stringify(redemption, (_, value: unknown) => {
      if (value instanceof Uint8Array) return [...value]
      return isStoredBuffer(value) ? value.data : value
    }),
  )
}

function isStoredBuffer(value: unknown): value is { data: unknown } {
  return typeof value === 'object' && value !== null && 'data' in value && 'type' in value
}

/** For every field a value that a newly recorded redemption does not have. */
const unusual: Readonly<Record<keyof Omit<Redemption, 'useRequestNo'>, Partial<Redemption>>> = {
  couponCode: { couponCode: '券A-1' },
  state: { state: 'review' },
  source: { source: 'typed' },
  cashier: { cashier: "O'Brien 王" },
  body: { body: new Uint8Array([0, 255, 34]) },
  attempts: { attempts: 7 },
  undecidedAttempts: { undecidedAttempts: 3 },
  waitedMs: { waitedMs: 4000 },
  inFlight: { inFlight: false },
  uncertain: { uncertain: true },
  honoured: { honoured: true },
  honouredValueFen: { honouredValueFen: 500 },
  given: { given: { at: 11, by: 'Li', fen: 100 } },
  orderNo: { orderNo: 'O-1' },
  heldUntil: { heldUntil: 12 },
  released: { released: { at: 13, how: 'hold-ended' } },
  totalFen: { totalFen: 9900 },
  reason: { reason: 'used-elsewhere' },
  recordedAt: { recordedAt: 1_795_430_000_777 },
  settledAt: { settledAt: 14 },
  resolution: { resolution: 'loss' },
  handOvers: { handOvers: 2 },
  nextAttemptAt: { nextAttemptAt: null },
  expiresAt: { expiresAt: 1_795_430_900_000 },
  stockId: { stockId: 'S7' },
  openid: { openid: 'o-1' },
  couponReturn: {
    couponReturn: {
      returnRequestNo: 'R-1',
      body: new Uint8Array([1]),
      reason: null,
      refusedAt: null,
    },
  },
}

describe('a recording', () => {
  test.each(Object.entries(unusual))('keeps an unusual %s', async (_field, change) => {
    const redemption = pendingRedemption(1, change)
    expect(store.redemptions.insert(redemption, recorded).ok).toBe(true)
    reopen()
    expect(plain(store.redemptions.find(redemption.useRequestNo))).toEqual(plain(redemption))
    expect(plain(store.redemptions.findByCode(redemption.couponCode))).toEqual(plain(redemption))
    expect(await store.audit.isIntact()).toBe(true)
  })

  test('that fails leaves neither row nor audit row', async () => {
    record(1, 3)
    const before = look((database) => database.prepare('SELECT count(*) FROM audit').pluck().get())
    expect(() => store.redemptions.insert(pendingRedemption(2), recorded)).toThrow('UNIQUE')
    record(3, 4)
    expect(look((database) => database.prepare('SELECT count(*) FROM audit').pluck().get())).toBe(
      Number(before) + 1,
    )
    expect(await store.audit.isIntact()).toBe(true)
  })
})

describe('rows that are in no index yet', () => {
  test('are found, counted and due like all others, also after a restart', () => {
    const all = record(1, 3 * maxFreshRows + 2)
    for (const meanwhile of [() => undefined, reopen]) {
      meanwhile()
      for (const redemption of all)
        expect(plain(store.redemptions.findByCode(redemption.couponCode))).toEqual(
          plain(redemption),
        )
      expect(store.open.due(Number.MAX_SAFE_INTEGER - 1e12, 100).map(plain)).toEqual(all.map(plain))
      expect(store.open.undecided().map(plain)).toEqual(all.map(plain))
      expect(store.open.counts().waiting).toBe(all.length)
      expect(store.open.nextDueAt()).toBe(all[0]?.nextAttemptAt)
    }
  })

  test('are always among the newest, whichever of them change', () => {
    for (let number = 1; number < 3 * maxFreshRows; number += 1) {
      const [redemption] = record(number, number + 1)
      if (redemption && number % 5 === 0)
        amend(store, { ...redemption, inFlight: false }, { ...recorded, event: 'unknown' })
      expect(oldestFresh()).toBeLessThan(maxFreshRows)
    }
  })

  test('are always among the newest, even when indexing others fails', () => {
    record(1, 2)
    for (let round = 0; round < 4; round += 1) {
      const first = 2 + round * maxFreshInARow
      record(first, first + maxFreshInARow)
      expect(() => store.redemptions.insert(pendingRedemption(first), recorded)).toThrow('UNIQUE')
      expect(oldestFresh()).toBeLessThan(maxFreshRows)
    }
  })

  test('are always among the newest, even when the others were begun elsewhere', () => {
    record(1, maxFreshInARow)
    for (let number = 100; number < 100 + 2 * maxFreshRows; number += 1) {
      store.redemptions.insert(pendingRedemption(number, { attempts: 2 }), recorded)
      expect(oldestFresh()).toBeLessThan(maxFreshRows)
    }
  })

  test('are indexed with their first change', () => {
    const [redemption] = record(1, 2)
    if (!redemption) throw new Error('none')
    const indexed =
      "SELECT count(*) FROM redemption INDEXED BY redemption_by_code WHERE fresh = 0 AND code_fingerprint > x''"
    const count = (): unknown => look((database) => database.prepare(indexed).pluck().get())
    expect(count()).toBe(0)
    amend(store, { ...redemption, attempts: 2 }, { ...recorded, event: 'unknown' })
    expect(count()).toBe(1)
    expect(store.redemptions.findByCode(redemption.couponCode)?.attempts).toBe(2)
  })

  test('of several with one code, the one that holds the coupon is found, otherwise the newest', () => {
    const couponCode = 'ABC-123'
    const [first, second, third] = [1, 2, 3].map((n) => pendingRedemption(n, { couponCode }))
    if (!first || !second || !third) throw new Error('none')
    store.redemptions.insert(first, recorded)
    amend(store, { ...first, state: 'redeemed' }, { ...recorded, event: 'redeemed' })
    store.redemptions.insert({ ...second, state: 'refused' }, recorded)
    expect(store.redemptions.findByCode(couponCode)?.state).toBe('redeemed')
    store.redemptions.insert(third, recorded)
    expect(store.redemptions.findByCode(couponCode)?.state).toBe('redeemed')
    amend(store, { ...third, state: 'redeemed' }, { ...recorded, event: 'redeemed' })
    expect(store.redemptions.findByCode(couponCode)?.useRequestNo).toBe(third.useRequestNo)
  })
})

test('every search by code or for waiting entries uses an index and reads not every row', () => {
  const prepare = vi.spyOn(Database.prototype, 'prepare')
  onTestFinished(() => prepare.mockRestore())
  reopen()
  store.history.search({ ...everyRedemption, text: '1201059453000000000001' })
  const asked = [...new Set(prepare.mock.calls.map(([sql]) => sql))].filter(
    (sql) =>
      /^\s*SELECT.*(code_fingerprint =|'returning'\))/s.test(sql) &&
      // Once, on opening, the indexes are held against every row.
      !sql.includes('NOT INDEXED'),
  )
  expect(asked.length).toBeGreaterThan(6)
  const scans = look((database) =>
    asked.flatMap((sql) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll(/[@?]\w*/g, '1')}`)
        .all()
        .map((row) => JSON.stringify(row))
        .filter((row) => /SCAN redemption"/.test(row))
        .map(() => sql),
    ),
  )
  expect(scans).toEqual([])
})
