import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultPlacement } from '../../../main/contract/placement.ts'
import { openPreferences } from '../../../main/desktop/preferences.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-preferences-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('what an older program kept is kept, and the rest is as at the start', () => {
  writeFileSync(path.join(folder, 'preferences.json'), '{"language":"en"}')
  expect(openPreferences(folder, 'zh-CN').get()).toMatchObject({
    language: 'en',
    scanner: null,
    scannerConnection: { kind: 'keyboard' },
    placement: defaultPlacement,
  })
})

test('a scanner on a port and the small window are there after a restart', () => {
  const connection = { kind: 'serial', path: 'COM3', baudRate: 9600 } as const
  const placement = { compact: true, focusBackMs: null }
  openPreferences(folder, 'en').set({ scannerConnection: connection })
  openPreferences(folder, 'en').set({ placement })
  expect(openPreferences(folder, 'zh-CN').get()).toMatchObject({
    language: 'en',
    scannerConnection: connection,
    placement,
  })
})

test('a damaged file is kept aside', () => {
  writeFileSync(path.join(folder, 'preferences.json'), '{"language":')
  expect(openPreferences(folder, 'zh-CN').get().language).toBe('zh-CN')
  expect(readdirSync(folder)).toEqual(['preferences.json.bad'])
})
