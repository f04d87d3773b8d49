import { useTranslation } from 'react-i18next'
import type { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { Choice } from '../../components/choice.tsx'
import { KnownWorths } from './known-worths.tsx'
import { NumberSetting } from './number-setting.tsx'
import { SaveBar } from './save-bar.tsx'
import styles from './settings-screen.module.css'
import { useShopSettings } from './use-shop-settings.ts'

const modes = ['refuse', 'hold', 'honour'] as const

/** What happens to a coupon while WeChat Pay is silent, with the risk of each choice. */
export function OfflinePanel() {
  const { t } = useTranslation('settings')
  const { draft, state, change, save } = useShopSettings()
  if (!draft)
    return <p className={styles['form']}>{t(state === 'failed' ? 'failed' : 'loading')}</p>
  const { offline } = draft
  const { limits } = offline
  const limit = (part: Partial<ShopSettings['offline']['limits']>): void =>
    change({ offline: { ...offline, limits: { ...limits, ...part } } })
  const isByPolicy = honours(offline)
  return (
    <div className={styles['form']} data-testid="offline-settings">
      <h2 className={styles['title']}>{t('tab.offline')}</h2>
      <Choice
        label={t('offline.mode')}
        value={offline.mode}
        options={modes.map((mode) => ({
          value: mode,
          label: t(`offline.${mode}.label`),
          hint: t(`offline.${mode}.risk`),
        }))}
        onChange={(mode) => change({ offline: { ...offline, mode } })}
      />
      <div className={styles['narrow']} data-testid="hold-minutes">
        <NumberSetting
          label={t('offline.holdMinutes')}
          description={t('offline.holdMinutesHint')}
          value={draft.holdMinutes}
          onChange={(holdMinutes) => change({ holdMinutes })}
        />
      </div>
      {/* A supervisor honours within these sums, whatever the till does by itself. */}
      {offline.mode !== 'refuse' && (
        <fieldset className={styles['limits']}>
          <legend>{t(isByPolicy ? 'offline.limits' : 'offline.supervisorLimits')}</legend>
          <NumberSetting
            label={t('offline.single')}
            value={limits.singleFen}
            per={100}
            onChange={(singleFen) => limit({ singleFen })}
          />
          <NumberSetting
            label={t('offline.openFen')}
            value={limits.openFen}
            per={100}
            onChange={(openFen) => limit({ openFen })}
          />
          <NumberSetting
            label={t('offline.open')}
            value={limits.open}
            onChange={(open) => limit({ open })}
          />
          {isByPolicy && (
            <>
              <NumberSetting
                label={t('offline.oldest')}
                value={limits.oldestMinutes}
                onChange={(oldestMinutes) => limit({ oldestMinutes })}
              />
              <NumberSetting
                label={t('offline.contact')}
                value={limits.sinceContactMinutes}
                onChange={(sinceContactMinutes) => limit({ sinceContactMinutes })}
              />
            </>
          )}
          {!Number.isNaN(limits.openFen) && (
            <p className={styles['hint']}>{t('offline.worst', { amount: limits.openFen / 100 })}</p>
          )}
        </fieldset>
      )}
      {isByPolicy && <KnownWorths draft={draft} change={change} />}
      <SaveBar state={state} onSave={() => void save()} />
    </div>
  )
}

/** Whether any coupon may be honoured, of all batches or of a single one. */
function honours({ mode, byStock }: ShopSettings['offline']): boolean {
  return mode === 'honour' || Object.values(byStock).includes('honour')
}
