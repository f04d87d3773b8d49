import { Input, Label, Text, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { maxShopName, maxSupportContact } from '../../../main/contract/shop-settings.ts'
import forms from '../../components/forms.module.css'
import { NumberSetting } from './number-setting.tsx'
import { SaveBar } from './save-bar.tsx'
import styles from './settings-screen.module.css'
import { useShopSettings } from './use-shop-settings.ts'
import { Choice } from '../../components/choice.tsx'

const patience = [2, 3, 5, 8, 12, 20] as const
const locks = [5, 15, 30, 60, null] as const

/** How long a cashier waits for a reply, when the till locks itself, and how long personal data is kept. */
export function ShopPanel() {
  const { t } = useTranslation(['settings', 'reasons'])
  const { draft, state, change, save } = useShopSettings()
  if (!draft)
    return <p className={styles['form']}>{t(state === 'failed' ? 'failed' : 'loading')}</p>
  // What the till says then, without its full stop.
  const { title, action } = t('reasons:no-answer-in-time.cashier', { returnObjects: true })
  const shown = `${title} · ${action}`.replace(/[。.]$/u, '')
  return (
    <div className={styles['form']} data-testid="shop-settings">
      <h2 className={styles['title']}>{t('tab.shop')}</h2>
      <TextField
        className={forms['field'] ?? ''}
        value={draft.shopName}
        onChange={(shopName) => change({ shopName })}
        maxLength={maxShopName}
      >
        <Label className={forms['label'] ?? ''}>{t('shop.name')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="shop-name" />
        <Text slot="description" className={forms['hint'] ?? ''}>
          {t('shop.nameHint')}
        </Text>
      </TextField>
      <TextField
        className={forms['field'] ?? ''}
        value={draft.supportContact}
        onChange={(supportContact) => change({ supportContact })}
        maxLength={maxSupportContact}
      >
        <Label className={forms['label'] ?? ''}>{t('shop.support')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="support-contact" />
        <Text slot="description" className={forms['hint'] ?? ''}>
          {t('shop.supportHint')}
        </Text>
      </TextField>
      <Choice
        label={t('shop.patience')}
        value={String(draft.patienceSeconds)}
        options={patience.map((seconds) => ({
          value: String(seconds),
          label: t('shop.seconds', { count: seconds }),
        }))}
        onChange={(seconds) => change({ patienceSeconds: Number(seconds) })}
        isRow
      />
      <p className={styles['hint']}>{t('shop.patienceHint', { shown })}</p>
      <Choice
        label={t('shop.lock')}
        value={String(draft.lockAfterMinutes)}
        options={locks.map((minutes) => ({
          value: String(minutes),
          label: minutes === null ? t('shop.never') : t('shop.minutes', { count: minutes }),
        }))}
        onChange={(minutes) =>
          change({ lockAfterMinutes: locks.find((each) => String(each) === minutes) ?? null })
        }
        isRow
      />
      <div className={styles['narrow']}>
        <NumberSetting
          label={t('shop.retention')}
          description={t('shop.retentionHint')}
          value={draft.retentionDays}
          onChange={(retentionDays) => change({ retentionDays })}
        />
      </div>
      <SaveBar state={state} onSave={() => void save()} />
    </div>
  )
}
