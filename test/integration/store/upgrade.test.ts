import Database from 'better-sqlite3'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HistoryQuery } from '../../../main/contract/history.ts'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { migrations } from '../../../main/store/migrations/index.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import {
  codeOf,
  recordedAt,
  settledAt,
  stockId,
  writeReleasedFile,
} from '../../support/released-records.ts'
import { releasedSchema, schemaOf } from '../../support/released-schemas.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { testDataKey } from '../../support/test-data-key.ts'

let folder: ReturnType<typeof temporaryFolder>
let store: Store
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => folder.remove())

const everything = HistoryQuery.parse({
  text: '',
  states: [],
  stockId: null,
  cashier: null,
  from: null,
  until: null,
  cursor: null,
})

function found(useRequestNo: string): Redemption {
  const redemption = store.redemptions.find(useRequestNo)
  if (!redemption) throw new Error(`${useRequestNo} is not there`)
  return redemption
}

describe.each(migrations.map((_, index) => index + 1))('records of schema %i', (version) => {
  const hasReturns = version >= 2
  const cashier = version >= 2 ? '小王' : null
  const fenOf = (fen: number) => (version >= 2 ? fen : null)
  let file: string
  beforeEach(() => {
    file = path.join(folder.path, 'till.db')
    writeReleasedFile(file, version)
    store = openTestStore(file, testDataKey, 0)
  })
  afterEach(() => store.close())

  test('are as new ones are, and their audit trail is as it was', async () => {
    expect(await store.audit.isIntact()).toBe(true)
    const reader = new Database(file, { readonly: true })
    expect(schemaOf(reader)).toBe(releasedSchema(migrations.length))
    reader.close()
  })

  test('what waits goes on waiting', () => {
    const open = ['waiting', 'open', ...(hasReturns ? ['returning'] : [])]
    const numbers = store.open.undecided().map(({ useRequestNo }) => useRequestNo)
    expect(numbers.toSorted()).toEqual(open.toSorted())
    expect(found('waiting')).toMatchObject({
      couponCode: codeOf('waiting'),
      state: 'pending',
      attempts: 2,
      inFlight: true,
      uncertain: true,
      reason: 'no-connection',
      openid: 'o-1',
      cashier,
      recordedAt,
      nextAttemptAt: recordedAt,
      given: null,
      ...(version >= 2
        ? { undecidedAttempts: 1, waitedMs: 2000, totalFen: 9000 }
        : { undecidedAttempts: 0, waitedMs: 0, totalFen: null }),
      ...(version >= 5
        ? { orderNo: 'O-1', heldUntil: recordedAt + 600_000 }
        : { orderNo: null, heldUntil: null }),
    })
    expect(store.redemptions.findByCode(codeOf('waiting'))?.useRequestNo).toBe('waiting')
    expect(store.open.due(settledAt, 10).map(({ useRequestNo }) => useRequestNo)).toContain(
      'waiting',
    )
    expect(store.open.honoured(1)).toMatchObject({ count: 1, fen: fenOf(500) ?? 1 })
  })

  test('what was redeemed counts as given, and what was honoured with its value', () => {
    const given = { at: settledAt, by: cashier, fen: null }
    expect(found('redeemed')).toMatchObject({ state: 'redeemed', reason: 'redeemed', given })
    expect(found('honoured')).toMatchObject({
      state: 'redeemed',
      honoured: true,
      honouredValueFen: fenOf(700),
      given: { ...given, fen: fenOf(700) },
    })
  })

  test('what a person ended says how', () => {
    expect(found('loss')).toMatchObject({ state: 'resolved', resolution: 'loss', given: null })
    expect(found('confirmed')).toMatchObject({
      state: 'redeemed',
      reason: 'confirmed-by-person',
      resolution: 'confirmed',
      given: { at: settledAt, by: 'Li' },
    })
    expect(found('handedOver')).toMatchObject({
      state: 'resolved',
      reason: 'handed-over',
      resolution: null,
      handOvers: 1,
    })
  })

  // A file without returns has no such row.
  test.each(hasReturns ? ['its redemption'] : [])(
    'what was said of a return is apart from %s',
    () => {
      expect(found('returning')).toMatchObject({
        state: 'returning',
        reason: 'redeemed',
        settledAt,
        couponReturn: { returnRequestNo: 'R-1', reason: null, refusedAt: null },
      })
      expect(found('notReturned')).toMatchObject({
        state: 'redeemed',
        reason: 'redeemed',
        couponReturn: { returnRequestNo: 'R-2', reason: 'return-not-done', refusedAt: settledAt },
      })
    },
  )

  test('whatever else was kept is there', () => {
    expect(store.stocks.find(stockId)).toMatchObject({ name: '十元券' })
    expect(store.handOvers.list()).toHaveLength(version >= 2 ? 1 : 0)
    const { entries } = store.history.search(everything)
    expect(entries).toHaveLength(store.redemptions.count())
    expect({
      staff: store.staff.read().records.map(({ name, pinHash }) => ({ name, pinHash })),
      settings: store.settings.read(),
      choice: store.stockChoices.find(['12', '13']),
      lostTime: store.lostTime.lastAt(),
    }).toEqual({
      staff: version >= 4 ? [{ name: '李强', pinHash: 'a hash' }] : [],
      settings: version >= 4 ? { holdMinutes: 7 } : null,
      choice: version >= 5 ? '13' : null,
      lostTime: version >= 6 ? settledAt : null,
    })
  })

  test('go on', async () => {
    const fresh = pendingRedemption(1)
    const audit = { at: settledAt, event: 'recorded', evidence: null } as const
    expect(store.redemptions.insert(fresh, audit).ok).toBe(true)
    const waiting = found('waiting')
    amend(
      store,
      { ...waiting, state: 'redeemed', nextAttemptAt: null },
      { ...audit, event: 'redeemed' },
    )
    store.close()
    store = openTestStore(file, testDataKey, 0)
    expect(found('waiting').state).toBe('redeemed')
    expect(store.redemptions.findByCode(fresh.couponCode)?.useRequestNo).toBe(fresh.useRequestNo)
    expect(await store.audit.isIntact()).toBe(true)
  })
})
