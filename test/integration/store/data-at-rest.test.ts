import Database from 'better-sqlite3'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { noEvidence } from '../../../main/redemption/judge-error.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { testDataKey } from '../../support/test-data-key.ts'

let folder: ReturnType<typeof temporaryFolder>
let file: string
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
})
afterEach(() => folder.remove())

const recorded = { at: 1, event: 'recorded', evidence: null } as const

/** Fills a file with redemptions under a key, and closes it. */
function fill(count: number, dataKey: Uint8Array = testDataKey, from = 1): void {
  const store = openTestStore(file, dataKey)
  for (let number = from; number < from + count; number += 1)
    store.redemptions.insert(
      pendingRedemption(number, { openid: `oSecretOpenid${number}` }),
      recorded,
    )
  store.close()
}

function tamper(sql: string): void {
  const database = new Database(file)
  database.exec(sql)
  database.close()
}

async function isIntact(): Promise<boolean> {
  const store = openTestStore(file)
  try {
    return await store.audit.isIntact()
  } finally {
    store.close()
  }
}

describe('a stolen folder', () => {
  test('reveals no coupon code, no openid and no key', () => {
    const store = openTestStore(file)
    const redemption = pendingRedemption(7, { openid: 'oSecretOpenid' })
    store.redemptions.insert(redemption, recorded)
    // Read while the store is open, so that its WAL is searched too.
    const bytes = Buffer.concat(
      readdirSync(folder.path).map((name) => readFileSync(path.join(folder.path, name))),
    )
    store.close()
    const { couponCode } = redemption
    const secrets = [couponCode, couponCode.slice(0, -4), 'coupon_code', 'oSecretOpenid']
    expect(secrets.filter((secret) => bytes.includes(secret))).toEqual([])
    expect(bytes.includes(testDataKey)).toBe(false)
    expect(bytes.includes(testDataKey.toString('base64'))).toBe(false)
    // The search does find what is there.
    expect(bytes.includes(redemption.useRequestNo)).toBe(true)
    expect(bytes.includes(couponCode.slice(-4))).toBe(true)
  })

  test("reveals nothing of what WeChat Pay quoted, and the till's own key reads it without the secrets", () => {
    const store = openTestStore(file)
    const redemption = pendingRedemption(7, { openid: 'oSecretOpenid' })
    const { couponCode } = redemption
    store.redemptions.insert(redemption, recorded)
    const evidence = {
      ...noEvidence,
      httpStatus: 400,
      apiCode: 'PARAM_ERROR',
      apiMessage: `券 ${couponCode} 不属于 oSecretOpenid`,
      apiDetail: JSON.stringify({ field: '/coupon_code', value: couponCode }),
    }
    amend(store, { ...redemption, state: 'refused' }, { at: 2, event: 'refused', evidence })
    const bytes = Buffer.concat(
      readdirSync(folder.path).map((name) => readFileSync(path.join(folder.path, name))),
    )
    const words = [couponCode, 'oSecretOpenid', '不属于', '/coupon_code', '…']
    expect(words.filter((secret) => bytes.includes(secret))).toEqual([])
    expect(bytes.includes('PARAM_ERROR')).toBe(true)
    expect(store.history.timeline(redemption.useRequestNo).at(-1)).toMatchObject({
      code: 'PARAM_ERROR',
      message: `券 …${couponCode.slice(-4)} 不属于 …`,
      detail: JSON.stringify({ field: '/coupon_code', value: '…' }),
    })
    store.close()
  })

  test('seals the same code differently each time', () => {
    const store = openTestStore(file)
    const couponCode = '1201059453000000000001'
    store.redemptions.insert(pendingRedemption(1, { couponCode, state: 'refused' }), recorded)
    store.redemptions.insert(pendingRedemption(2, { couponCode }), recorded)
    store.close()
    const database = new Database(file)
    const seals = database.prepare('SELECT hex(body_sealed) FROM redemption').pluck().all()
    database.close()
    expect(new Set(seals).size).toBe(2)
  })
})

describe('a file without its key', () => {
  test('keeps waiting entries, reports them as unreadable, and reads them again when the key is back', () => {
    fill(3)
    const otherKey = randomBytes(32)
    const without = openTestStore(file, otherKey)
    expect(without.open.counts()).toMatchObject({ waiting: 0, unreadable: 3 })
    expect(without.open.due(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
    without.redemptions.insert(pendingRedemption(9), recorded)
    expect(without.open.counts()).toMatchObject({ waiting: 1, unreadable: 3 })
    without.close()

    const again = openTestStore(file)
    expect(again.open.due(Number.MAX_SAFE_INTEGER, 10)).toHaveLength(3)
    expect(again.open.counts()).toMatchObject({ waiting: 3, unreadable: 1 })
    again.close()
  })

  test('sets a row with a changed seal aside, and goes on with the others', () => {
    fill(3)
    tamper("UPDATE redemption SET body_sealed = zeroblob(60) WHERE use_request_no LIKE '%1'")
    const store = openTestStore(file)
    expect(store.open.due(Number.MAX_SAFE_INTEGER, 10)).toHaveLength(2)
    expect(store.open.counts()).toMatchObject({ waiting: 2, unreadable: 1 })
    store.close()
  })

  test('does not open a seal that was moved to another row', () => {
    fill(2)
    tamper(`UPDATE redemption SET body_sealed =
      (SELECT body_sealed FROM redemption WHERE use_request_no LIKE '%2') WHERE use_request_no LIKE '%1'`)
    const store = openTestStore(file)
    expect(store.open.due(Number.MAX_SAFE_INTEGER, 10)).toHaveLength(1)
    store.close()
  })
})

describe('the audit trail', () => {
  test('is intact as written, over restarts, under another key, and when empty', async () => {
    expect(await isIntact()).toBe(true)
    fill(3)
    fill(2, randomBytes(32), 10)
    const store = openTestStore(file)
    store.redemptions.insert(pendingRedemption(20), recorded)
    store.close()
    expect(await isIntact()).toBe(true)
  })

  test.each([
    ['edited', "UPDATE audit_trail SET event = 'redeemed' WHERE id = 2"],
    ['given another time', 'UPDATE audit_trail SET at = at + 1 WHERE id = 3'],
    ['deleted in the middle', 'DELETE FROM audit_trail WHERE id = 2'],
    ['deleted at the start', 'DELETE FROM audit_trail WHERE id = 1'],
    ['cut off at the end', 'DELETE FROM audit_trail WHERE id = 4'],
    [
      'cut off at the end, the head put back by hand',
      `DELETE FROM audit_trail WHERE id = 4;
       UPDATE audit_trail SET at = 3,
         link = CAST((SELECT link FROM audit_trail WHERE id = 3) || substr(link, 17) AS BLOB)
       WHERE event = 'head'`,
    ],
    ['emptied', "DELETE FROM audit_trail WHERE event <> 'head'"],
    ['emptied together with its head', 'DELETE FROM audit_trail'],
    ['left alone while its head goes', 'DELETE FROM audit_trail WHERE id > 1'],
    [
      'put in at the end',
      'INSERT INTO audit_trail SELECT 5, key_id, use_request_no, at, event, evidence, link, row_mac FROM audit_trail WHERE id = 4',
    ],
    [
      'put in another order',
      'UPDATE audit_trail SET id = 99 WHERE id = 2; UPDATE audit_trail SET id = 2 WHERE id = 3; UPDATE audit_trail SET id = 3 WHERE id = 99',
    ],
    [
      'given to another redemption',
      "UPDATE audit_trail SET use_request_no = (SELECT use_request_no FROM redemption WHERE use_request_no LIKE '%1') WHERE id = 2",
    ],
  ])('with a row %s is recognised as tampered with', async (_what, sql) => {
    fill(4)
    tamper(sql)
    expect(await isIntact()).toBe(false)
  })

  test('is judged up to where it was when rows are added during the check', async () => {
    fill(5)
    const store = openTestStore(file)
    const verdict = store.audit.isIntact()
    store.redemptions.insert(pendingRedemption(30), recorded)
    store.redemptions.insert(pendingRedemption(31), recorded)
    expect(await verdict).toBe(true)
    store.close()
  })
})
