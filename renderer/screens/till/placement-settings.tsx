import { useTranslation } from 'react-i18next'
import { focusBackChoices } from '../../../main/contract/preference-choices.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { Choice } from '../../components/choice.tsx'
import styles from './scanner-settings.module.css'

/** Whole screen or small window, and when the small window takes the focus back. */
export function PlacementSettings({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('window')
  const { compact, focusBackMs, runtime } = snapshot
  const times = focusBackChoices.map((ms) => ({
    value: String(ms),
    label: ms === null ? t('settings.never') : t('settings.seconds', { count: ms / 1000 }),
  }))
  return (
    <>
      <Choice
        label={t('settings.title')}
        value={compact ? 'compact' : 'full'}
        options={[
          { value: 'full', label: t('settings.full') },
          {
            value: 'compact',
            label: t('settings.compact'),
            hint: t('settings.compactHint', { key: 'F11' }),
          },
        ]}
        onChange={(size) => void window.till.preferences.set({ compact: size === 'compact' })}
      />
      <Choice
        label={t('settings.focusBack')}
        value={String(focusBackMs)}
        options={times}
        onChange={(ms) =>
          void window.till.preferences.set({
            focusBackMs: focusBackChoices.find((each) => String(each) === ms) ?? null,
          })
        }
        isRow
      />
      <p className={styles['hint']}>{t('settings.focusBackHint')}</p>
      <p className={styles['hint']}>
        {runtime.shortcut === null
          ? t('settings.noShortcut')
          : t('settings.shortcut', { keys: runtime.shortcut })}
      </p>
    </>
  )
}
