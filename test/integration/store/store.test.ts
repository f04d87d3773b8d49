import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../main/store/database.ts'
import { migrations } from '../../../main/store/migrations/index.ts'
import { openStore, type Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { testDataKey } from '../../support/test-data-key.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'training', 'till.db')
  store = openTestStore(file)
})
afterEach(() => {
  store.close()
  folder.remove()
})

const recorded = { at: 1, event: 'recorded', evidence: null } as const
function reopen(dataKey: Uint8Array = testDataKey): void {
  store.close()
  store = openTestStore(file, dataKey)
}

describe('the file', () => {
  test('is readable only by its owner, and so are folder, WAL and shared memory', () => {
    store.redemptions.insert(pendingRedemption(1), recorded)
    for (const suffix of ['', '-wal', '-shm'])
      expect(statSync(file + suffix).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(file)).mode & 0o777).toBe(0o700)
  })

  test('has its log at full length from the start, and is otherwise not changed by that', () => {
    store.close()
    store = openTestStore(file, testDataKey, 400_000)
    expect(statSync(`${file}-wal`).size).toBeGreaterThanOrEqual(400_000)
    const grown = statSync(`${file}-wal`).size
    store.redemptions.insert(pendingRedemption(1), recorded)
    expect(statSync(`${file}-wal`).size).toBe(grown)
    store.close()
    const database = new Database(file)
    expect(database.prepare("SELECT * FROM sqlite_schema WHERE name = 'reserve'").all()).toEqual([])
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok')
    database.close()
    store = openTestStore(file)
    expect(store.rescue).toBeNull()
    expect(store.open.counts().waiting).toBe(1)
  })

  test('is opened with WAL and full synchronisation, also the second time', () => {
    for (let round = 0; round < 2; round += 1) {
      const opened = openDatabase(file, 100_000)
      if (!opened.ok) throw new Error(opened.error.code)
      const { database } = opened.value
      expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(database.pragma('synchronous', { simple: true })).toBe(2)
      expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
      database.close()
    }
  })

  test('of a newer version is not touched', () => {
    store.close()
    const database = new Database(file)
    database.pragma('user_version = 999')
    database.close()
    expect(openStore({ file, dataKey: testDataKey })).toMatchObject({
      ok: false,
      error: { code: 'from-newer-version' },
    })
    const again = new Database(file)
    expect(again.pragma('user_version', { simple: true })).toBe(999)
    again.pragma(`user_version = ${migrations.length}`)
    again.close()
    store = openTestStore(file)
  })
})

describe('a redemption', () => {
  test('is read back complete after a restart', () => {
    const redemption = pendingRedemption(1, { openid: 'oABC', uncertain: true, stockId: '12' })
    store.redemptions.insert(redemption, recorded)
    reopen()
    const [found] = store.redemptions.recent(10)
    expect(found && { ...found, body: Buffer.from(found.body).toString() }).toEqual({
      ...redemption,
      body: Buffer.from(redemption.body).toString(),
    })
    expect(store.redemptions.findByCode(redemption.couponCode)?.useRequestNo).toBe(
      redemption.useRequestNo,
    )
  })

  test('keeps number, code and body, whatever an update says', () => {
    const redemption = pendingRedemption(1)
    store.redemptions.insert(redemption, recorded)
    amend(
      store,
      { ...redemption, couponCode: 'other', body: new Uint8Array([1]), state: 'redeemed' },
      { at: 2, event: 'redeemed', evidence: null },
    )
    expect(store.redemptions.recent(1)[0]).toMatchObject({
      state: 'redeemed',
      couponCode: redemption.couponCode,
    })
    expect(Buffer.from(store.redemptions.recent(1)[0]?.body ?? [])).toEqual(
      Buffer.from(redemption.body),
    )
  })

  test('cannot be recorded twice under one number, nor updated when it does not exist', () => {
    store.redemptions.insert(pendingRedemption(1), recorded)
    expect(() => store.redemptions.insert(pendingRedemption(1), recorded)).toThrow(/UNIQUE/)
    expect(() => amend(store, pendingRedemption(2), recorded)).toThrow(/no such redemption/)
    expect(store.open.counts()).toMatchObject({ waiting: 1 })
  })

  test('looked up by its code is the newest, also after the clock was set back', () => {
    const code = '1201059453000000000099'
    store.redemptions.insert(pendingRedemption(2, { couponCode: code, state: 'refused' }), recorded)
    store.redemptions.insert(pendingRedemption(1, { couponCode: code }), recorded)
    expect(store.redemptions.findByCode(code)?.state).toBe('pending')
  })

  test('is due in order of time, and counted', () => {
    for (const number of [3, 1, 2]) store.redemptions.insert(pendingRedemption(number), recorded)
    store.redemptions.insert(
      pendingRedemption(4, { state: 'review', nextAttemptAt: null }),
      recorded,
    )
    const due = store.open.due(1_795_430_000_002, 10)
    expect(due.map((entry) => entry.nextAttemptAt)).toEqual([1_795_430_000_001, 1_795_430_000_002])
    expect(store.open.nextDueAt()).toBe(1_795_430_000_001)
    expect(store.open.counts()).toEqual({
      waiting: 3,
      oldestAt: 1_795_430_000_001,
      review: 1,
      unreadable: 0,
      toHandOn: 4,
    })
  })

  test('is nothing to hand on where it goes back to its customer by itself, unless its discount was given', () => {
    const heldUntil = 1_795_430_600_000
    store.redemptions.insert(pendingRedemption(1), recorded)
    store.redemptions.insert(pendingRedemption(2, { heldUntil }), recorded)
    store.redemptions.insert(pendingRedemption(3, { heldUntil, honoured: true }), recorded)
    expect(store.open.counts()).toMatchObject({ waiting: 3, toHandOn: 2 })
  })
})
