import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { ShopClaims } from '../../../main/redemption/shop-claims.ts'
import { ScriptedLock } from '../../support/scripted-lock.ts'
import { pendingRedemption } from '../../support/store-fixture.ts'

/** The claims of a till whose file has these redemptions. */
function claimsOf(rows: readonly Redemption[]) {
  const lock = new ScriptedLock()
  const changed: string[] = []
  const claims = new ShopClaims({
    lock,
    redemptions: {
      find: (useRequestNo) => rows.find((row) => row.useRequestNo === useRequestNo) ?? null,
      siblings: (of) => rows.filter(({ useRequestNo }) => useRequestNo !== of.useRequestNo),
    },
    peers: { all: () => [] },
    elapsed: () => 0,
    scheduler: { after: () => () => undefined },
    onChanged: (useRequestNo) => changed.push(useRequestNo),
    onFault: (cause) => {
      throw cause
    },
  })
  return { lock, claims, changed }
}

test('a renewed redemption keeps its claim under the number that the server knows, and ends both', async () => {
  const [old, fresh] = [pendingRedemption(1), pendingRedemption(2)]
  const rows = [{ ...old, state: 'cancelled' } as const, fresh]
  const { lock, claims } = claimsOf(rows)
  claims.claim(old)
  await setImmediate()
  claims.renewed(old, fresh)
  expect(claims.of(fresh)).toEqual({ kind: 'held' })
  expect(claims.held).toMatchObject([{ useRequestNo: old.useRequestNo }])
  expect(lock.releases).toEqual([])
  claims.changed({ ...fresh, state: 'cancelled' })
  expect(lock.releases.map(({ useRequestNo }) => useRequestNo)).toEqual([
    fresh.useRequestNo,
    old.useRequestNo,
  ])
})

test('what was handed over is not asserted again by the till that gave it', async () => {
  const rows: Redemption[] = [pendingRedemption(1)]
  const { claims } = claimsOf(rows)
  claims.adopt(rows, new Set(rows.map(({ useRequestNo }) => useRequestNo)))
  expect(claims.held).toHaveLength(1)
  rows[0] = { ...pendingRedemption(1), state: 'resolved', reason: 'handed-over' }
  expect(claims.held).toEqual([])
})

test('of what was erased nothing is claimed', () => {
  const { lock, claims } = claimsOf([])
  claims.claim({ ...pendingRedemption(1), body: new Uint8Array(0) })
  expect(lock.claims).toEqual([])
})
