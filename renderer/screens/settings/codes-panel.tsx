import { Plus, Trash2 } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { fitsIssuedCodes, overlap } from '../../../main/contract/code-template.ts'
import type { ShopSettings } from '../../../main/contract/shop-settings.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { SaveBar } from './save-bar.tsx'
import styles from './settings-screen.module.css'
import { useShopSettings } from './use-shop-settings.ts'

/**
 * The merchant's own codes: their form, and the batch that each belongs to. WeChat Pay's 22-digit codes need neither.
 */
export function CodesPanel() {
  const { t } = useTranslation('settings')
  const { draft, state, change, save } = useShopSettings()
  if (!draft)
    return <p className={styles['form']}>{t(state === 'failed' ? 'failed' : 'loading')}</p>
  const codes = draft.merchantCodes
  const setCode = (at: number, part: Partial<ShopSettings['merchantCodes'][number]>): void =>
    change({
      merchantCodes: codes.map((code, index) => (index === at ? { ...code, ...part } : code)),
    })
  return (
    <div className={styles['form']} data-testid="codes-settings">
      <h2 className={styles['title']}>{t('tab.codes')}</h2>
      <p>{t('codes.lead')}</p>
      <CodeField
        label={t('codes.onlyStock')}
        description={t('codes.onlyStockHint')}
        value={draft.onlyStockId ?? ''}
        maxLength={20}
        onChange={(text) => change({ onlyStockId: text === '' ? null : text })}
      />
      <ul className={styles['codes']}>
        {codes.map((code, at) => (
          // A row has no identity but its position.
          <li key={at} className={styles['code']}>
            <CodeField
              label={t('codes.template')}
              value={code.template}
              maxLength={32}
              onChange={(template) => setCode(at, { template })}
            />
            <CodeField
              label={t('codes.stock')}
              value={code.stockId}
              maxLength={20}
              onChange={(stockId) => setCode(at, { stockId })}
            />
            <Button
              className={buttons['quiet'] ?? ''}
              aria-label={t('codes.remove', { template: code.template })}
              onPress={() => change({ merchantCodes: codes.toSpliced(at, 1) })}
            >
              <Trash2 aria-hidden size={20} />
            </Button>
            {warningsOf(code, codes).map((warning) => (
              <p
                key={warning}
                className={styles['warning']}
                data-testid="code-warning"
                data-warning={warning}
              >
                {t(`codes.warning.${warning}`)}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <div className={styles['row']}>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="add-code"
          onPress={() => change({ merchantCodes: [...codes, { template: '', stockId: '' }] })}
        >
          <Plus aria-hidden size={20} />
          {t('codes.add')}
        </Button>
      </div>
      <SaveBar state={state} onSave={() => void save()} />
    </div>
  )
}

type Code = ShopSettings['merchantCodes'][number]

/**
 * Returns what else this template matches: WeChat Pay's own codes, or another batch's. Both are allowed, but may
 * surprise.
 */
function warningsOf(code: Code, all: readonly Code[]): ('issued' | 'other-batch')[] {
  const isAsked = all.some(
    (other) => other.stockId !== code.stockId && overlap(code.template, other.template),
  )
  return [
    ...(fitsIssuedCodes(code.template) ? (['issued'] as const) : []),
    ...(isAsked && code.template !== '' ? (['other-batch'] as const) : []),
  ]
}
