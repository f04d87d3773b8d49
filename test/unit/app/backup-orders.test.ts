import { beforeEach, expect, test } from 'vitest'
import { createBackupOrders, type BackupOrders } from '../../../main/app/backup-orders.ts'
import { err, ok } from '../../../main/contract/result.ts'

const facts = { lastAt: 1, redemptions: 3, waiting: 0, redemptionsHere: 3 }

let orders: BackupOrders
let chosen: string | null = null
let looked: string[] = []
let folders: (string | null)[] = []

beforeEach(() => {
  looked = []
  folders = []
  orders = createBackupOrders({
    backups: {
      make: () => Promise.resolve(ok('today.db')),
      setFolder: (folder) => void folders.push(folder),
    },
    files: {
      chooseFolder: () => Promise.resolve(chosen),
      choose: () => Promise.resolve(chosen),
    },
    live: () => ({
      tillId: 'A7',
      databaseFile: '/nowhere/till.db',
      backUp: () => Promise.resolve(),
      forgetBefore: () => null,
      copiedFile: '/nowhere/till.db.incoming',
      inspect(file) {
        looked.push(file)
        return Promise.resolve(file.endsWith('good.db') ? ok(facts) : err({ code: 'damaged' }))
      },
      inspectAgain() {
        looked.push('the copy')
        return Promise.resolve(ok(facts))
      },
    }),
    // The till is not closed, so that its file must not be replaced.
    reopen: () => Promise.reject(new Error('disk gone')),
    onFault: () => undefined,
  })
})

test('cancelling the file dialog changes nothing', async () => {
  chosen = null
  expect(await orders.chooseFolder()).toEqual(ok(null))
  expect(await orders.choose()).toEqual(ok(null))
  expect(folders).toEqual([])
  expect(await orders.restore()).toEqual(err({ code: 'not-a-backup' }))
})

test('a restore uses the file that was inspected, once, and inspects it again', async () => {
  chosen = '/stick/good.db'
  expect(await orders.choose()).toEqual(ok({ name: 'good.db', ...facts }))
  chosen = '/stick/other.db'
  expect(await orders.restore()).toEqual(err({ code: 'not-written' }))
  expect(looked).toEqual(['/stick/good.db', 'the copy'])
  expect(await orders.restore()).toEqual(err({ code: 'not-a-backup' }))
})

test('choosing an invalid file drops the valid one chosen before', async () => {
  chosen = '/stick/good.db'
  await orders.choose()
  chosen = '/stick/bad.db'
  expect(await orders.choose()).toEqual(err({ code: 'damaged' }))
  expect(await orders.restore()).toEqual(err({ code: 'not-a-backup' }))
})
