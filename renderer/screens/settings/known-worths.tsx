import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StockView } from '../../../main/contract/redemption-view.ts'
import type { ShopSettings } from '../../../main/contract/shop-settings.ts'
import { CodeField } from '../../components/code-field.tsx'
import { parseYuan } from '../../format/money.ts'
import { describeStock } from '../../format/stock.ts'
import { standingOf, stocksOf } from './known-stocks.ts'
import styles from './settings-screen.module.css'

interface KnownWorthsProps {
  readonly draft: ShopSettings
  readonly change: (part: Partial<ShopSettings>) => void
}

/** Which batches can be honoured, because their worth is known, and what the owner enters of the others. */
export function KnownWorths({ draft, change }: KnownWorthsProps) {
  const { t, i18n } = useTranslation(['till', 'settings'])
  const [described, setDescribed] = useState<readonly StockView[] | null>(null)
  useEffect(() => {
    void window.till.history.names({}).then((reply) => {
      if (reply.ok) setDescribed(reply.value.stocks)
    })
  }, [])
  const { onlyStockId, stockTerms } = draft
  const language = i18n.language === 'en' ? 'en' : 'zh-CN'
  const unnamed = (described ?? []).filter(({ stockId }) => !stocksOf(draft).includes(stockId))
  const enter = (stockId: string, terms: Terms | null): void => {
    const { [stockId]: _before, ...others } = stockTerms
    change({ stockTerms: terms === null ? others : { ...others, [stockId]: terms } })
  }
  return (
    <fieldset className={styles['limits']} data-testid="known-worths">
      <legend>{t('settings:offline.worth.title')}</legend>
      <p className={styles['hint']}>{t('settings:offline.worth.hint')}</p>
      {onlyStockId === null && (
        <p className={styles['warning']} data-testid="no-only-batch">
          {t('settings:offline.worth.noBatch')}
        </p>
      )}
      {unnamed.length > 0 && (
        <p className={styles['warning']} data-testid="other-batches">
          {t('settings:offline.worth.others', {
            batches: unnamed
              .map((stock) => `${stock.name}（${describeStock(stock, t, language)}）`)
              .join(', '),
          })}
        </p>
      )}
      {described !== null &&
        stocksOf(draft).map((stockId) => {
          const stock = described.find((each) => each.stockId === stockId)
          const standing = standingOf(stock, stockTerms[stockId])
          const worth = stock ? describeStock(stock, t, language) : ''
          return (
            <div
              key={stockId}
              className={styles['worth']}
              data-testid="known-worth"
              data-standing={standing}
            >
              <strong>{t('settings:offline.worth.batch', { stockId })}</strong>
              <span>{t(`settings:offline.worth.${standing}`, { worth })}</span>
              {stock === undefined && (
                <TermsFields
                  terms={stockTerms[stockId] ?? null}
                  onChange={(terms) => enter(stockId, terms)}
                />
              )}
            </div>
          )
        })}
    </fieldset>
  )
}

type Terms = ShopSettings['stockTerms'][string]

interface TermsFieldsProps {
  readonly terms: Terms | null
  /** Called with `null` when both fields are empty. What is no amount is not a number, which cannot be saved. */
  readonly onChange: (terms: Terms | null) => void
}

function TermsFields({ terms, onChange }: TermsFieldsProps) {
  const { t } = useTranslation('settings')
  const [discount, setDiscount] = useState(terms === null ? '' : String(terms.discountFen / 100))
  const [threshold, setThreshold] = useState(terms === null ? '' : String(terms.thresholdFen / 100))
  const enter = (off: string, from: string): void => {
    setDiscount(off)
    setThreshold(from)
    const isEmpty = off === '' && from === ''
    onChange(
      isEmpty ? null : { discountFen: fenOf(off), thresholdFen: from === '0' ? 0 : fenOf(from) },
    )
  }
  const isBegun = discount !== '' || threshold !== ''
  return (
    <div className={styles['terms']}>
      <CodeField
        label={t('offline.worth.threshold')}
        value={threshold}
        maxLength={9}
        allows={isOfAmount}
        invalid={isBegun && threshold !== '0' && parseYuan(threshold) === null}
        onChange={(text) => enter(discount, text)}
      />
      <CodeField
        label={t('offline.worth.discount')}
        value={discount}
        maxLength={9}
        allows={isOfAmount}
        invalid={isBegun && parseYuan(discount) === null}
        onChange={(text) => enter(text, threshold)}
      />
    </div>
  )
}

function isOfAmount(char: string): boolean {
  return /^[\d.]$/.test(char)
}

function fenOf(text: string): number {
  return parseYuan(text) ?? Number.NaN
}
