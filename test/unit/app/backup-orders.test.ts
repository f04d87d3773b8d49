import { beforeEach, expect, test } from 'vitest'
import { createBackupOrders, type BackupOrders } from '../../../main/app/backup-orders.ts'
import { err, ok } from '../../../main/contract/result.ts'

const shown = { lastAt: 1, redemptions: 3, waiting: 0, redemptionsHere: 3 }
const facts = { ...shown, end: { id: 3, rows: 3, digest: '' } }

let orders: BackupOrders
let chosen: string | null = null
let looked: string[] = []
let folders: (string | null)[] = []
let keychainTakes = true

beforeEach(() => {
  looked = []
  folders = []
  keychainTakes = true
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
      announce({ end }) {
        looked.push(`announced ${end.rows}`)
        return Promise.resolve(keychainTakes ? ok(null) : err({ code: 'not-written' }))
      },
    }),
    // The till is not closed, so that its file must not be replaced.
    reopen() {
      looked.push('closed')
      return Promise.reject(new Error('disk gone'))
    },
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
  expect(await orders.choose()).toEqual(ok({ name: 'good.db', ...shown }))
  chosen = '/stick/other.db'
  expect(await orders.restore()).toEqual(err({ code: 'not-written' }))
  expect(looked).toEqual(['/stick/good.db', 'the copy', 'announced 3', 'closed'])
  expect(await orders.restore()).toEqual(err({ code: 'not-a-backup' }))
})

test('choosing an invalid file drops the valid one chosen before', async () => {
  chosen = '/stick/good.db'
  await orders.choose()
  chosen = '/stick/bad.db'
  expect(await orders.choose()).toEqual(err({ code: 'damaged' }))
  expect(await orders.restore()).toEqual(err({ code: 'not-a-backup' }))
})

test('nothing is replaced that the keychain was not told of', async () => {
  chosen = '/stick/good.db'
  await orders.choose()
  keychainTakes = false
  expect(await orders.restore()).toEqual(err({ code: 'not-written' }))
  expect(looked).not.toContain('closed')
})
