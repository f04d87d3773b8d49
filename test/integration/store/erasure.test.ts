import Database from 'better-sqlite3'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { noEvidence } from '../../../main/redemption/judge-error.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption } from '../../support/store-fixture.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const
const codes = ['1201059453000000000011', '1201059453000000000022', '1201059453000000000033']

let folder: string
let file: string

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'erasure-'))
  file = path.join(folder, 'till.db')
})

afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

/** Row 1 was settled long ago, row 2 later, row 3 is open. */
function fill() {
  const store = openTestStore(file)
  for (const [index, couponCode] of codes.entries()) {
    const redemption = pendingRedemption(index + 1, { couponCode })
    store.redemptions.insert(redemption, recorded)
    if (index === 2) continue
    const settledAt = 1000 * (index + 1)
    amend(
      store,
      {
        ...redemption,
        state: 'redeemed',
        openid: 'o-1',
        honouredValueFen: 700,
        settledAt,
        nextAttemptAt: null,
      },
      { at: settledAt, event: 'redeemed', evidence: null },
    )
  }
  return store
}

test('a held entry keeps everything until its hold has ended', async () => {
  const store = fill()
  const held = store.redemptions.findByCode(codes[0] ?? '')
  if (!held) throw new Error('it is not recorded')
  const audit = { at: 1500, event: 'presented', evidence: null } as const
  amend(store, { ...held, heldUntil: 9000 }, audit)
  expect(await store.erasure.settledBefore(2000, 5000)).toBe(0)
  // Released, and its return refused: after the retention time nobody comes for it.
  const released = { ...held, heldUntil: 9000, released: { at: 9000, how: 'hold-ended' } } as const
  amend(store, released, audit)
  expect(store.open.held(10)).toHaveLength(1)
  expect(await store.erasure.settledBefore(2000, 9000)).toBe(1)
  // Without its code nothing can be done with it, so no list offers it.
  expect(store.open.held(10)).toHaveLength(0)
  store.close()
})

test('an entry settled before the given time loses code, body and openid, and nothing else', async () => {
  const store = fill()
  const before = new Database(file, { readonly: true })
  const seals = before
    .prepare<[], { body_sealed: Buffer }>('SELECT body_sealed FROM redemption ORDER BY rowid')
    .all()
  before.close()
  expect(await store.erasure.settledBefore(2000, 5000)).toBe(1)
  expect(await store.erasure.settledBefore(2000, 6000)).toBe(0)
  const other = new Database(file, { readonly: true })
  expect(
    other
      .prepare(
        'SELECT length(body_sealed) > 0 AS body, openid_sealed IS NOT NULL AS openid, stake_fen FROM redemption ORDER BY rowid',
      )
      .all(),
  ).toEqual([
    { body: 0, openid: 0, stake_fen: 700 },
    { body: 1, openid: 1, stake_fen: 700 },
    { body: 1, openid: 0, stake_fen: null },
  ])
  expect(other.prepare("SELECT at FROM audit WHERE event = 'erased'").all()).toEqual([{ at: 5000 }])
  other.close()
  const bytes = Buffer.concat(['', '-wal'].map((end) => fs.readFileSync(file + end)))
  expect(seals.map(({ body_sealed }) => bytes.includes(body_sealed))).toEqual([false, true, true])
  expect(store.redemptions.findByCode(codes[0] ?? '')).toMatchObject({
    couponCode: '0011',
    openid: null,
    state: 'redeemed',
  })
  expect(store.redemptions.findByCode(codes[1] ?? '')).toMatchObject({
    couponCode: codes[1],
    openid: 'o-1',
  })
  expect(await store.audit.isIntact()).toBe(true)
  store.close()
})

function sealedWords(): Buffer[] {
  const reader = new Database(file, { readonly: true })
  const rows = reader.prepare<[], Buffer>('SELECT sealed FROM api_words').pluck().all()
  reader.close()
  return rows
}

test("WeChat Pay's words go with the entry, and those about others stay", async () => {
  const store = fill()
  const evidence = { ...noEvidence, httpStatus: 400, apiMessage: '参数错误', apiDetail: '{}' }
  for (const code of codes.slice(0, 2)) {
    const redemption = store.redemptions.findByCode(code)
    if (redemption) amend(store, redemption, { at: 3, event: 'unknown', evidence })
  }
  const said = (index: number): unknown =>
    store.history
      .timeline(pendingRedemption(index).useRequestNo)
      .find(({ status }) => status === 400)
  expect(said(1)).toMatchObject({ message: '参数错误', detail: '{}' })
  const [first] = sealedWords()
  expect(await store.erasure.settledBefore(2000, 5000)).toBe(1)
  expect(said(1)).toMatchObject({ message: null, detail: null, status: 400 })
  expect(said(2)).toMatchObject({ message: '参数错误', detail: '{}' })
  expect(sealedWords()).toHaveLength(1)
  const bytes = Buffer.concat(['', '-wal'].map((end) => fs.readFileSync(file + end)))
  expect(bytes.includes(first ?? '')).toBe(false)
  expect(await store.audit.isIntact()).toBe(true)
  store.close()
})

test('an entry that is open or in review is never erased', async () => {
  const store = fill()
  const [open] = store.open.due(Number.MAX_SAFE_INTEGER, 1)
  if (!open) throw new Error('nothing is open')
  amend(
    store,
    { ...open, state: 'review', settledAt: 1, nextAttemptAt: null },
    { at: 1, event: 'review', evidence: null },
  )
  expect(await store.erasure.settledBefore(Number.MAX_SAFE_INTEGER, 5000)).toBe(2)
  expect(store.redemptions.find(open.useRequestNo)).toMatchObject({ couponCode: codes[2] })
  store.close()
})
