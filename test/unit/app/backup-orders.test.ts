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
let hasFolder = true
let mayArrive = false

const arrived = {
  lastAt: 1,
  redemptions: 9,
  waiting: 2,
  redemptionsHere: 0,
  from: { merchantId: '1900000109', tillId: 'A7' },
  bringsKeyOnly: false,
}

beforeEach(() => {
  looked = []
  folders = []
  keychainTakes = true
  hasFolder = true
  mayArrive = false
  orders = createBackupOrders({
    backups: {
      make() {
        looked.push('backed up')
        return Promise.resolve(ok('today.db'))
      },
      setFolder: (folder) => void folders.push(folder),
      forgetDecision: () => void looked.push('decision forgotten'),
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
      ending: () => '.db',
      holds: () => ({ redemptions: 3, merchantId: '1900000109' }),
      password: {
        escrow: () => null,
        set: () => Promise.resolve(ok(null)),
      },
      copiedFile: '/nowhere/till.db.incoming',
      inspect(file) {
        looked.push(file)
        if (file.endsWith('.hxbackup')) return Promise.resolve(err({ code: 'password-needed' }))
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
    arrival: {
      take(file) {
        looked.push(`taken ${file}`)
        return Promise.resolve(ok(null))
      },
      open(password) {
        return Promise.resolve(
          password === 'right' ? ok(arrived) : err({ code: 'wrong-password' as const }),
        )
      },
      decide() {
        looked.push('decided')
        return Promise.resolve(mayArrive ? ok(null) : err({ code: 'records-here' }))
      },
    },
    hasFolder: () => hasFolder,
    onChange: () => void looked.push('told'),
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
  expect(await orders.choose()).toEqual(
    ok({ name: 'good.db', ...shown, from: null, bringsKeyOnly: false }),
  )
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

test('a backup of another computer asks for its password, and is decided on once it was opened', async () => {
  chosen = '/stick/other.hxbackup'
  expect(await orders.choose()).toEqual(err({ code: 'password-needed' }))
  // Not yet opened, so there is nothing that somebody has seen.
  expect(await orders.restore()).toEqual(err({ code: 'not-a-backup' }))
  await orders.choose()
  expect(await orders.unlock('wrong')).toEqual(err({ code: 'wrong-password' }))
  expect(await orders.unlock('right')).toEqual(ok({ name: 'other.hxbackup', ...arrived }))
  expect(await orders.restore()).toEqual(err({ code: 'records-here' }))
  expect(looked.at(-1)).toBe('decided')
  expect(await orders.unlock('right')).toEqual(err({ code: 'not-a-backup' }))
})

test('a new password goes into a backup at once, where backups are made', async () => {
  await orders.setPassword('a long one with words')
  expect(looked).toEqual(['told', 'backed up'])
  hasFolder = false
  await orders.setPassword('a long one with words')
  expect(looked).toEqual(['told', 'backed up', 'told'])
})

test('that no backup is made was not decided for the records that come from another computer', async () => {
  mayArrive = true
  chosen = '/stick/other.hxbackup'
  await orders.choose()
  await orders.unlock('right')
  await expect(orders.restore()).rejects.toThrow('disk gone')
  expect(looked).toContain('decision forgotten')
})
