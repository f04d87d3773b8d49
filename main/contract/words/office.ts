import type { Language } from '../language.ts'
import type { Platform } from '../platform.ts'
import enOffice from './en/office.json' with { type: 'json' }
import { filled, keychainNames } from './on-platform.ts'
import zhOffice from './zh-CN/office.json' with { type: 'json' }

/** The head office's own words. Apart from the till's catalogues, which every till loads when it starts. */
export const officeCatalogues = { 'zh-CN': zhOffice, en: enOffice }
export type OfficeWords = (typeof officeCatalogues)['zh-CN']

/** The words as a person reads them on this platform. */
export function officeWordsOn(platform: Platform, language: Language): OfficeWords {
  return filled<OfficeWords>(officeCatalogues[language], keychainNames[platform][language])
}
