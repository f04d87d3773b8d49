import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { initialPreferences } from '../../../main/contract/preferences.ts'
import { openPreferences } from '../../../main/computer/preferences.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-preferences-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('preferences of an older program are kept, and missing ones have their defaults', () => {
  writeFileSync(path.join(folder, 'preferences.json'), '{"language":"en"}')
  expect(openPreferences(folder, 'zh-CN').get()).toMatchObject({
    ...initialPreferences,
    language: 'en',
  })
})

test('preferences that an older program stored in groups are kept too', () => {
  writeFileSync(
    path.join(folder, 'preferences.json'),
    JSON.stringify({
      language: 'en',
      placement: { compact: true, focusBackMs: null },
      appearance: { theme: 'dark', textPercent: 150 },
      sound: { volumePercent: 20, muted: true },
    }),
  )
  const kept = {
    language: 'en',
    compact: true,
    focusBackMs: null,
    theme: 'dark',
    textPercent: 150,
    volumePercent: 20,
    muted: true,
  }
  expect(openPreferences(folder, 'zh-CN').get()).toMatchObject(kept)
  openPreferences(folder, 'zh-CN').set({ theme: 'light' })
  expect(openPreferences(folder, 'zh-CN').get()).toMatchObject({ ...kept, theme: 'light' })
})

test('a change keeps the preferences that it leaves out or gives no value for', () => {
  const preferences = openPreferences(folder, 'en')
  preferences.set({ theme: 'dark' })
  preferences.set({ textPercent: 125, theme: undefined })
  expect(preferences.get()).toMatchObject({ theme: 'dark', textPercent: 125, language: 'en' })
})

test('a scanner on a port and the small window are remembered over a restart', () => {
  const connection = { kind: 'serial', path: 'COM3', baudRate: 9600 } as const
  openPreferences(folder, 'en').set({ scannerConnection: connection })
  openPreferences(folder, 'en').set({ compact: true, focusBackMs: null })
  expect(openPreferences(folder, 'zh-CN').get()).toMatchObject({
    language: 'en',
    scannerConnection: connection,
    compact: true,
    focusBackMs: null,
  })
})

test('a damaged file is kept aside', () => {
  writeFileSync(path.join(folder, 'preferences.json'), '{"language":')
  expect(openPreferences(folder, 'zh-CN').get().language).toBe('zh-CN')
  expect(readdirSync(folder)).toEqual(['preferences.json.bad'])
})
