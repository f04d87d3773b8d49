import { useTranslation } from 'react-i18next'
import { languages } from '../../../main/contract/language.ts'
import type { OfficePreferences } from '../../../main/contract/office-requests.ts'
import { themes } from '../../../main/contract/preference-choices.ts'
import { Choice } from '../../components/choice.tsx'

const textSizes = [100, 125, 150, 200] as const
/** Each in its own language, for whoever cannot read the one that is set. */
const languageNames = { 'zh-CN': '中文', en: 'English' }

/** How the window looks on this computer. */
export function LookPanel({ preferences }: { readonly preferences: OfficePreferences }) {
  const { t } = useTranslation(['office', 'settings'])
  const { language, theme, textPercent } = preferences
  return (
    <>
      <Choice
        label={t('appearance.language')}
        value={language}
        options={languages.map((each) => ({ value: each, label: languageNames[each] }))}
        onChange={(next) => void window.office.office.prefer({ language: next })}
        isRow
      />
      <Choice
        label={t('appearance.theme')}
        value={theme}
        options={themes.map((each) => ({ value: each, label: t(`settings:theme.${each}`) }))}
        onChange={(next) => void window.office.office.prefer({ theme: next })}
        isRow
      />
      <Choice
        label={t('appearance.text')}
        value={String(textPercent)}
        options={textSizes.map((percent) => ({ value: String(percent), label: `${percent}%` }))}
        onChange={(percent) => void window.office.office.prefer({ textPercent: Number(percent) })}
        isRow
      />
    </>
  )
}
