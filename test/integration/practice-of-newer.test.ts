import Database from 'better-sqlite3'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openTrainingTill } from '../../main/app/training/open-training-till.ts'

test('after a downgrade practice begins anew, and the newer version’s practice is kept', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-practice-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const open = () =>
    openTrainingTill({
      folder,
      trainingGateway: null,
      userAgent: 'test',
      wrapping: () => ({ prefixes: [], urlParameters: [] }),
      onKeychainMissing: () => undefined,
      onForget: () => undefined,
      isCounterInFront: () => true,
      onFault: (cause) => {
        throw cause
      },
    })
  await (await open()).close()
  const file = path.join(folder, 'till.db')
  const newer = new Database(file)
  newer.pragma('user_version = 9999')
  newer.close()

  const till = await open()
  expect(await till.checkRecords()).toBe('intact')
  await till.close()
  expect(readdirSync(folder)).toContain('till.db.newer-1')
  const kept = new Database(`${file}.newer-1`, { readonly: true })
  expect(kept.pragma('user_version', { simple: true })).toBe(9999)
  kept.close()
})
