import { strFromU8, unzipSync } from 'fflate'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { keepCrash } from '../../../main/computer/crash-records.ts'
import { openLog } from '../../../main/computer/log.ts'
import { collectDiagnostics } from '../../../main/diagnostics/collect.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

let folder: string
beforeEach(() => {
  const temporary = temporaryFolder()
  folder = temporary.path
  return () => temporary.remove()
})

function unzipped(): Record<string, string> {
  const zip = collectDiagnostics({
    userData: folder,
    facts: { mode: 'live', detail: 'code 1201059453000000000001' },
    now: Date.parse('2026-11-26T00:00:00Z'),
  })
  const files = Object.entries(unzipSync(zip))
  return Object.fromEntries(files.map(([name, bytes]) => [name, strFromU8(bytes)]))
}

test('one zip has what support asks for, and nothing that could be a code', () => {
  const log = openLog(path.join(folder, 'logs'))
  log.warn('keychain.missing', { detail: 'no item for 1201059453000000000001' })
  log.warn('api.error', { status: 400, requestId: '08E79ADD9D0610D60118FDF2A1D10120A7C8-0' })
  writeFileSync(
    path.join(folder, 'logs/till.old.log'),
    '{"at":"2026-11-01T00:00:00.000Z","event":"old","text":"1201059453000000000001"}\n',
  )
  mkdirSync(path.join(folder, 'live'))
  writeFileSync(path.join(folder, 'live/till.db'), 'records 1201059453000000000001')
  keepCrash(
    folder,
    {
      process: 'page',
      reason: 'crashed',
      exitCode: 5,
      version: '1.0.0',
      electron: '45',
      upSeconds: 3,
    },
    0,
  )
  const files = unzipped()
  expect(Object.keys(files).toSorted()).toEqual([
    'computer.json',
    'crashes/1970-01-01T00-00-00-000Z-page.json',
    'files.json',
    'till.json',
    'till.log',
    'till.old.log',
  ])
  expect(Object.values(files).join()).not.toContain('1201059453')
  expect(files['till.log']).toContain('"requestId":"08E79ADD9D0610D60118FDF2A1D10120A7C8-0"')
  expect(files['till.old.log']).toContain('2026-11-01T00:00:00.000Z')
  expect(files['files.json']).toContain('live/till.db')
  expect(files['till.json']).toContain('"mode": "live"')
})

test('only the newest crashes stay', () => {
  for (let at = 0; at < 25; at += 1)
    keepCrash(
      folder,
      {
        process: 'GPU',
        reason: 'crashed',
        exitCode: at,
        version: '1',
        electron: '45',
        upSeconds: 1,
      },
      at * 1000,
    )
  const crashes = Object.keys(unzipped()).filter((name) => name.startsWith('crashes/'))
  expect(crashes).toHaveLength(20)
  expect(crashes).not.toContain('crashes/1970-01-01T00-00-04-000Z-GPU.json')
})

test('a till without a log has diagnostics too', () => {
  expect(Object.keys(unzipped())).toContain('till.json')
})
