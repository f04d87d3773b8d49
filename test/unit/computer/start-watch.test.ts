import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  keepPrevious,
  putProgram,
  versionTakenBack,
  watchStart,
} from '../../../main/computer/start-watch.ts'
import { takeBack } from '../../../main/computer/take-back.ts'

let userData: string
let program: string
beforeEach(() => {
  userData = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-watch-'))
  program = path.join(userData, 'till.AppImage')
  writeFileSync(program, 'the old one')
})
afterEach(() => rmSync(userData, { recursive: true }))

function install(): void {
  keepPrevious(userData, program, '1.0.0')
  const fresh = path.join(userData, 'fetched')
  writeFileSync(fresh, 'the new one')
  putProgram(fresh, program)
}

test('a version that comes up is not watched any longer, and the old one is dropped', () => {
  install()
  expect(readFileSync(program, 'utf8')).toBe('the new one')
  expect(statSync(program).mode & 0o111).toBe(0o111)
  const watch = watchStart(userData, '1.1.0')
  expect(watch.hasFailed).toBe(false)
  watch.confirm()
  for (let start = 0; start < 5; start += 1)
    expect(watchStart(userData, '1.1.0').hasFailed).toBe(false)
  expect(existsSync(path.join(userData, 'updates/previous'))).toBe(false)
})

test('at the third start after two that came to nothing the old one is put back, and said once', () => {
  install()
  expect(watchStart(userData, '1.1.0').hasFailed).toBe(false)
  expect(watchStart(userData, '1.1.0').hasFailed).toBe(false)
  expect(watchStart(userData, '1.1.0').hasFailed).toBe(true)
  expect(takeBack(userData, '1.1.0')).toBe(program)
  expect(readFileSync(program, 'utf8')).toBe('the old one')
  expect(watchStart(userData, '1.0.0').hasFailed).toBe(false)
  expect(versionTakenBack(userData)).toBe('1.1.0')
  expect(versionTakenBack(userData)).toBeNull()
})

test('the old version that runs again by itself ends the watch', () => {
  install()
  watchStart(userData, '1.0.0')
  for (let start = 0; start < 5; start += 1)
    expect(watchStart(userData, '1.1.0').hasFailed).toBe(false)
})

test('a till that was never updated, or whose note is damaged, starts as ever', () => {
  expect(watchStart(userData, '1.0.0').hasFailed).toBe(false)
  expect(takeBack(userData, '1.0.0')).toBeNull()
  install()
  writeFileSync(path.join(userData, 'updates/started.json'), '{"program":')
  for (let start = 0; start < 5; start += 1)
    expect(watchStart(userData, '1.1.0').hasFailed).toBe(false)
})
