import { StrictMode } from 'react'
import type { Root } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { languages } from '../../main/contract/language.ts'
import { officeWordsOn } from '../../main/contract/words/office.ts'
import { startTranslations } from '../i18n/translations.ts'
import { OfficeApp } from './office-app.tsx'
import { createOfficeStore } from './office-store.ts'

/** Draws the head office in place of the till. */
export function startOfficePage(root: Root): void {
  const { office } = window
  const translations = startTranslations(office.platform)
  for (const language of languages)
    translations.addResourceBundle(language, 'office', officeWordsOn(office.platform, language))
  root.render(
    <StrictMode>
      <I18nextProvider i18n={translations}>
        <OfficeApp store={createOfficeStore(office)} translations={translations} />
      </I18nextProvider>
    </StrictMode>,
  )
}
