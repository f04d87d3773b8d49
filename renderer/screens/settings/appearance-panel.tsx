import { useTranslation } from 'react-i18next'
import { themes } from '../../../main/contract/preference-choices.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { Button } from 'react-aria-components'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import { playTone, type Tone } from '../../sounds/tones.ts'
import styles from './settings-screen.module.css'

const textSizes = [100, 125, 150, 200] as const
const volumes = [20, 40, 60, 80, 100] as const
const tones = [
  'give',
  'not-yet',
  'do-not-give',
  'already-given',
  'attention',
] as const satisfies readonly Tone[]

/** How the till looks and sounds on this computer. */
export function AppearancePanel({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation(['settings', 'till'])
  const { theme, textPercent, volumePercent, muted, customerDisplay } = snapshot
  return (
    <div className={styles['form']} data-testid="appearance">
      <h2 className={styles['title']}>{t('tab.appearance')}</h2>
      <Choice
        label={t('appearance.theme')}
        value={theme}
        options={themes.map((each) => ({ value: each, label: t(`theme.${each}`) }))}
        onChange={(next) => void window.till.preferences.set({ theme: next })}
        isRow
      />
      <Choice
        label={t('appearance.text')}
        value={String(textPercent)}
        options={textSizes.map((percent) => ({ value: String(percent), label: `${percent}%` }))}
        onChange={(percent) => void window.till.preferences.set({ textPercent: Number(percent) })}
        isRow
      />
      <Choice
        label={t('appearance.sound')}
        value={muted ? 'off' : String(volumePercent)}
        options={[
          { value: 'off', label: t('appearance.muted') },
          ...volumes.map((percent) => ({ value: String(percent), label: `${percent}%` })),
        ]}
        onChange={(volume) =>
          void window.till.preferences.set(
            volume === 'off' ? { muted: true } : { muted: false, volumePercent: Number(volume) },
          )
        }
        isRow
      />
      <div className={styles['row']}>
        {tones.map((tone) => (
          <Button
            key={tone}
            className={buttons['quiet'] ?? ''}
            isDisabled={muted}
            onPress={() => playTone(tone, snapshot)}
          >
            {t('appearance.hear', { tone: t(`till:sound.${tone}`) })}
          </Button>
        ))}
      </div>
      <Choice
        label={t('appearance.customer')}
        value={customerDisplay ? 'on' : 'off'}
        options={[
          { value: 'off', label: t('appearance.customerOff') },
          { value: 'on', label: t('appearance.customerOn'), hint: t('appearance.customerHint') },
        ]}
        onChange={(next) => void window.till.preferences.set({ customerDisplay: next === 'on' })}
      />
    </div>
  )
}
