import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { misreads } from '../../../main/contract/counter.ts'
import type { Language } from '../../../main/contract/language.ts'
import { catalogues } from '../../../main/contract/words/index.ts'

const folder = path.join(import.meta.dirname, '../../../docs/guide')
const languages = ['zh-CN', 'en'] as const

function read(language: Language): string {
  return readFileSync(path.join(folder, `${language}.md`), 'utf8').replaceAll(/\s+/g, ' ')
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

test.each(languages)('every text that the guide (%s) quotes is on a screen', (language) => {
  const texts = textsOf(catalogues[language])
  const quoted = [...read(language).matchAll(/“([^”]+)”/g)].flatMap(([, text = '']) =>
    // A path through the menus quotes several texts.
    text.split(' → '),
  )
  expect(quoted.length).toBeGreaterThan(10)
  expect(quoted.filter((quote) => !texts.some((text) => text.startsWith(quote)))).toEqual([])
})

test.each(languages)('every settings tab that the guide (%s) names exists', (language) => {
  const tabs = Object.values(catalogues[language].settings.tab)
  const settings = catalogues[language].shell.destination.settings
  const named = [...read(language).matchAll(new RegExp(`${settings} → ([^)）”.]+)`, 'g'))]
  expect(named.length).toBeGreaterThan(4)
  for (const [, name = ''] of named) expect(tabs.some((tab) => name.startsWith(tab))).toBe(true)
})

test.each(languages)('every picture of the guide (%s) exists', (language) => {
  const pictures = [...read(language).matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)]
  expect(pictures.length).toBeGreaterThan(10)
  for (const [, picture = ''] of pictures) expect(picture).toSatisfy(isThere)
})

test.each(languages)(
  'the guide (%s) says what mends each scan that the till refuses',
  (language) => {
    const guide = read(language)
    const { rejected } = catalogues[language].scanner
    const untold = misreads.filter((why) => !guide.includes(`| ${rejected[why]} | `))
    expect(untold).toEqual([])
  },
)

function isThere(picture: string): boolean {
  return existsSync(path.join(folder, picture))
}
