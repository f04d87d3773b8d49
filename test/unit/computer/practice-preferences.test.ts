import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { preferencesOfLiveTill } from '../../../main/computer/practice-preferences.ts'
import { temporaryFolder } from '../../support/store-fixture.ts'

test('a practice looks as the live till does, without its port, its backups, or a damaged file', () => {
  const temporary = temporaryFolder()
  onTestFinished(() => temporary.remove())
  const practice = path.join(temporary.path, 'practice')
  mkdirSync(practice)
  expect(preferencesOfLiveTill(practice)).toEqual({})
  const file = path.join(temporary.path, 'preferences.json')
  const kept = { theme: 'dark', textPercent: 150, compact: true }
  writeFileSync(
    file,
    JSON.stringify({ ...kept, scannerConnection: { kind: 'hid' }, backup: { folder: '/stick' } }),
  )
  expect(preferencesOfLiveTill(practice)).toEqual({ theme: 'dark', textPercent: 150 })
  writeFileSync(file, '{"theme":')
  expect(preferencesOfLiveTill(practice)).toEqual({})
  expect(readFileSync(file, 'utf8')).toBe('{"theme":')
})
