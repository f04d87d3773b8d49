import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Redemption } from '../../../main/redemption/redemption.ts'
import { putInPlace } from '../../../main/store/backup.ts'
import { openStore, type Store } from '../../../main/store/store.ts'
import { damageLog } from '../../simulation/disk-copies.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { refusal, ScriptedTill } from '../../support/scripted-till.ts'
import { pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { testDataKey } from '../../support/test-data-key.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const
const note = { by: 'Li', why: 'the customer left' }

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

/** Recorded without a line, so never sent. */
function waiting(number: number): Redemption {
  return pendingRedemption(number, { inFlight: false })
}

function till(store: Store): ScriptedTill {
  const shop = new ScriptedTill({ store })
  onTestFinished(() => {
    shop.close()
    store.close()
  })
  return shop
}

async function restored(): Promise<Store> {
  const [file, copy] = [path.join(folder, 'till.db'), path.join(folder, 'copy.db')]
  const before = openTestStore(file)
  before.redemptions.insert(waiting(1), recorded)
  await before.backUp(copy)
  before.close()
  putInPlace(copy, file)
  return openTestStore(file)
}

/** Leaves the file as after a killed process, with damage in the middle of its log. */
function withDamagedLog(): Store {
  const file = path.join(folder, 'till.db')
  const before = openTestStore(file, testDataKey, 0)
  for (let number = 1; number <= 20; number += 1)
    before.redemptions.insert(waiting(number), recorded)
  const after = path.join(folder, 'after', 'till.db')
  mkdirSync(path.dirname(after))
  for (const part of ['', '-wal']) copyFileSync(file + part, after + part)
  before.close()
  expect(damageLog(after, () => 0.5)).toBe(true)
  const opened = openStore({ file: after, dataKey: testDataKey, logBytes: 0 })
  if (!opened.ok) throw new Error(opened.error.code)
  expect(opened.value.rescue).not.toBeNull()
  return opened.value
}

describe.each([
  ['a restore', restored],
  ['damage to the log', withDamagedLog],
])('after %s', (_, lose) => {
  test('a waiting entry may have been sent, and cannot be cancelled', async () => {
    const shop = till(await lose())
    expect(shop.till.cancel(waiting(1).useRequestNo, note)).toMatchObject({
      error: { code: 'may-have-been-sent' },
    })
  })

  test('“used by another order” may mean our own redemption, and goes to a person', async () => {
    const store = await lose()
    const shop = till(store)
    shop.use = () => refusal('RESOURCE_ALREADY_EXISTS')
    shop.till.start()
    await shop.pass(1000)
    expect(store.redemptions.find(waiting(1).useRequestNo)?.state).toBe('review')
  })
})
