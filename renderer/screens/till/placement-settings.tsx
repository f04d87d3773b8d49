import { useTranslation } from 'react-i18next'
import { focusBackChoices, type Placement } from '../../../main/contract/placement.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { Choice } from '../../components/choice.tsx'
import styles from './scanner-settings.module.css'

/** Whole screen or small window, and when that takes the focus back. */
export function PlacementSettings({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('window')
  const { placement, runtime } = snapshot
  const place = (change: Partial<Placement>): void => {
    void window.till.setPlacement({ placement: { ...placement, ...change } })
  }
  const times = focusBackChoices.map((ms) => ({
    value: String(ms),
    label: ms === null ? t('settings.never') : t('settings.seconds', { count: ms / 1000 }),
  }))
  return (
    <>
      <Choice
        label={t('settings.title')}
        value={placement.compact ? 'compact' : 'full'}
        options={[
          { value: 'full', label: t('settings.full') },
          {
            value: 'compact',
            label: t('settings.compact'),
            hint: t('settings.compactHint', { key: 'F11' }),
          },
        ]}
        onChange={(size) => place({ compact: size === 'compact' })}
      />
      <Choice
        label={t('settings.focusBack')}
        value={String(placement.focusBackMs)}
        options={times}
        onChange={(ms) =>
          place({ focusBackMs: focusBackChoices.find((each) => String(each) === ms) ?? null })
        }
        isRow
      />
      <p className={styles['hint']}>
        {runtime.shortcut === null
          ? t('settings.noShortcut')
          : t('settings.shortcut', { keys: runtime.shortcut })}
      </p>
    </>
  )
}
