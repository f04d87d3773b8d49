import SQLite from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { createBackupInspection } from '../../../main/app/live/backup-inspection.ts'
import { putInPlace, readBackup } from '../../../main/store/backup.ts'
import type { Store } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { testDataKey } from '../../support/test-data-key.ts'
import { pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'

const recorded = { at: 1, event: 'recorded', evidence: null } as const

let folder: string
let file: string
let backup: string
let store: Store
beforeEach(async () => {
  const temporary = temporaryFolder()
  folder = temporary.path
  file = path.join(folder, 'till.db')
  backup = path.join(folder, 'backup.db')
  const other = openTestStore(path.join(folder, 'other.db'))
  other.redemptions.insert(pendingRedemption(1), recorded)
  await other.backUp(backup)
  other.close()
  store = openTestStore(file)
  return () => {
    store.close()
    temporary.remove()
  }
})

function spoil(sql: string): void {
  const database = new SQLite(backup)
  onTestFinished(() => void database.close())
  database.exec(sql)
}

describe('a backup with something in it that no till makes is none', () => {
  // Each opens, passes SQLite's own check and has the rows that are asked for.
  test.each([
    [
      'a view that goes on and on in place of the records',
      `ALTER TABLE redemption RENAME TO kept;
       CREATE VIEW redemption AS WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more LIMIT 1000)
       SELECT kept.* FROM kept, more`,
    ],
    ['a trigger', `CREATE TRIGGER planted AFTER INSERT ON redemption BEGIN DELETE FROM stock; END`],
    [
      'a column that is worked out',
      `ALTER TABLE redemption ADD COLUMN more BLOB AS (zeroblob(100000000))`,
    ],
    ['an index that works something out', `CREATE INDEX more ON redemption (length(state))`],
    ['a table more', `CREATE TABLE more (id INTEGER)`],
    ['a table less', `DROP TABLE stock_choice`],
  ])('%s', (_, sql) => {
    expect(readBackup(backup, store.keyId).ok).toBe(true)
    spoil(sql)
    expect(readBackup(backup, store.keyId)).toEqual({ ok: false, error: { code: 'not-a-backup' } })
  })
})

describe('a backup that is looked into', () => {
  test('is copied beside the records, for this account alone, and that copy is restored', async () => {
    const inspection = createBackupInspection(file, store, testDataKey)
    expect(await inspection.inspect(backup)).toMatchObject({ ok: true, value: { redemptions: 1 } })
    // Windows has no such bits.
    const othersMay =
      process.platform === 'win32' ? 0 : statSync(inspection.copiedFile).mode & 0o077
    expect(othersMay).toBe(0)
    // The stick has another file under the same name since.
    spoil('DELETE FROM redemption')
    expect(await inspection.inspectAgain()).toMatchObject({ value: { redemptions: 1 } })
    const at = path.join(folder, 'restored.db')
    copyFileSync(file, at)
    putInPlace(inspection.copiedFile, at)
    const restored = openTestStore(at)
    onTestFinished(() => restored.close())
    expect(restored.redemptions.count()).toBe(1)
    // Opened anew, the till keeps none.
    createBackupInspection(file, store, testDataKey)
    expect(existsSync(inspection.copiedFile)).toBe(false)
  })

  test('is refused while something is undecided here', async () => {
    store.redemptions.insert(pendingRedemption(2), recorded)
    expect(await createBackupInspection(file, store, testDataKey).inspect(backup)).toMatchObject({
      error: { code: 'open-here' },
    })
  })

  test.runIf(process.platform === 'linux')(
    'is a file, and not a pipe, a device or a link',
    async () => {
      const { inspect } = createBackupInspection(file, store, testDataKey)
      const pipe = path.join(folder, 'pipe.db')
      execFileSync('mkfifo', [pipe])
      const link = path.join(folder, 'link.db')
      symlinkSync(backup, link)
      for (const chosen of [pipe, '/dev/zero', link])
        expect(await inspect(chosen)).toEqual({ ok: false, error: { code: 'file-not-regular' } })
    },
  )

  test('is on this computer, and there', async () => {
    const { inspect } = createBackupInspection(file, store, testDataKey)
    expect(await inspect(String.raw`\\server\share\till.db`)).toMatchObject({
      error: { code: 'file-on-network' },
    })
    rmSync(backup)
    expect(await inspect(backup)).toMatchObject({ error: { code: 'file-not-there' } })
  })

  test('is left as it is', async () => {
    const before = readFileSync(backup)
    await createBackupInspection(file, store, testDataKey).inspect(backup)
    expect(readFileSync(backup).equals(before)).toBe(true)
  })
})
