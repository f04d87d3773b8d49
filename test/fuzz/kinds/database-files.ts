import { strict as assert } from 'node:assert'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as fc from 'fast-check'
import { readBackup } from '../../../main/store/backup.ts'
import { openStore } from '../../../main/store/store.ts'
import { openTestStore } from '../../support/open-test-store.ts'
import { pendingRedemption, temporaryFolder } from '../../support/store-fixture.ts'
import { testDataKey } from '../../support/test-data-key.ts'
import { editedBytes } from '../edited-bytes.ts'
import type { FuzzKind } from '../kind.ts'

const redemptions = 400

/** Databases and backups with changed bytes: each opens, is rescued or is refused; no row comes out changed. */
export const databaseFiles: FuzzKind = {
  name: 'database-files',
  counts: { short: 30, long: 5000 },
  async open() {
    const temporary = temporaryFolder()
    const { path: folder } = temporary
    const made = path.join(folder, 'made.db')
    const store = openTestStore(made)
    const numbers = Array.from({ length: redemptions }, (_, at) => at + 1)
    const known = new Map(
      numbers.map((number) => {
        const redemption = pendingRedemption(number)
        store.redemptions.insert(redemption, { at: number, event: 'recorded', evidence: null })
        return [redemption.useRequestNo, redemption]
      }),
    )
    store.close()
    const good = readFileSync(made)
    const file = path.join(folder, 'till.db')
    const outcomes = new Map<string, number>()
    function count(outcome: string): void {
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    return {
      property: (play) =>
        fc.asyncProperty(editedBytes(good), (bytes) =>
          play(() => {
            // Also what was set aside: among thousands of files a free name is found slowly.
            for (const name of readdirSync(folder))
              if (name.startsWith('till.db')) rmSync(path.join(folder, name))
            writeFileSync(file, bytes)
            const backup = readBackup(file, store.keyId)
            if (!backup.ok) assert.match(backup.error.code, /^[a-z-]+$/)
            const opened = openStore({ file, dataKey: testDataKey, handOverCost: 10 })
            if (!opened.ok) return count(opened.error.code)
            count(opened.value.rescue ? 'rescued' : 'opened')
            try {
              for (const { useRequestNo, couponCode, body } of opened.value.open.undecided()) {
                assert.equal(couponCode, known.get(useRequestNo)?.couponCode)
                assert.deepEqual(
                  Buffer.from(body),
                  Buffer.from(known.get(useRequestNo)?.body ?? []),
                )
              }
            } finally {
              opened.value.close()
            }
          }),
        ),
      async close() {
        temporary.remove()
        return [...outcomes].map(([outcome, times]) => `${times} ${outcome}`).join(', ')
      },
    }
  },
}
