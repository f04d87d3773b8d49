import Database from 'better-sqlite3'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import type { Store } from '../../../main/store/store.ts'
import { noEvidence } from '../../../main/redemption/judge-error.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { amend, pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const settled = { state: 'refused', settledAt: 1000, nextAttemptAt: null } as const
const redemption = pendingRedemption(7, { openid: 'oSecretOpenid', inFlight: false })
const { useRequestNo, couponCode } = redemption

let file: string
let store: Store
beforeEach(() => {
  const folder = temporaryFolder()
  file = path.join(folder.path, 'till.db')
  store = openTestStore(file)
  store.redemptions.insert(redemption, { at: 1, event: 'recorded', evidence: null })
  const apiMessage = `券 ${couponCode} 不属于 oSecretOpenid`
  const evidence = { ...noEvidence, httpStatus: 400, apiMessage, apiDetail: '{"field":"/x"}' }
  amend(store, { ...redemption, ...settled }, { at: 2, event: 'refused', evidence })
  return () => {
    store.close()
    folder.remove()
  }
})

function said(): unknown {
  return store.history.timeline(useRequestNo).at(1)
}

test("WeChat Pay's words are masked and sealed apart from the audit trail", () => {
  const reader = new Database(file, { readonly: true })
  const chained = reader.prepare('SELECT group_concat(evidence) FROM audit').pluck().get()
  reader.close()
  expect(String(chained)).not.toMatch(/不属于|field/)
  expect(said()).toMatchObject({
    message: `券 …${couponCode.slice(-4)} 不属于 …`,
    detail: '{"field":"/x"}',
  })
})

test('they are erased with the rest, and the audit trail stays as it was', async () => {
  expect(await store.erasure.settledBefore(2000, 5000)).toBe(1)
  expect(said()).toMatchObject({ message: null, detail: null, status: 400 })
  expect(await store.audit.isIntact()).toBe(true)
})
