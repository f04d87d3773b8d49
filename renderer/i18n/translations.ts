import { createInstance, type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../main/contract/language.ts'
import type { Platform } from '../../main/contract/platform.ts'
import { namespaces } from '../../main/contract/words/index.ts'
import { wordsOn } from '../../main/contract/words/on-platform.ts'

/** The catalogues are bundled, so that the first paint has its words. zh-CN is the fallback for a missing key. */
export function startTranslations(platform: Platform): i18n {
  const translations = createInstance()
  void translations.use(initReactI18next).init({
    resources: wordsOn(platform),
    lng: 'zh-CN' satisfies Language,
    fallbackLng: 'zh-CN' satisfies Language,
    ns: namespaces,
    defaultNS: 'till',
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  return translations
}
