import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import type { OfficeRedemption } from '../../../main/contract/office.ts'
import { StateChip } from '../../components/state-chip.tsx'
import { formatSum } from '../../format/money.ts'
import { formatDateTime } from '../office-time.ts'
import { HeadRow } from '../head-row.tsx'
import styles from '../office.module.css'

interface RedemptionTableProps {
  readonly entries: readonly OfficeRedemption[]
  readonly language: Language
  /** `null`: the rows lead nowhere. */
  readonly onOpen: ((id: string) => void) | null
}

/** Redemptions, one a row. */
export function RedemptionTable({ entries, language, onOpen }: RedemptionTableProps) {
  const { t } = useTranslation('office')
  const head = [
    t('list.time'),
    t('list.shop'),
    t('list.till'),
    t('list.stock'),
    t('list.state'),
    t('list.sum'),
    t('list.cashier'),
    t('list.requestNo'),
  ]
  return (
    <div className={styles['sheet']}>
      <table className={styles['table']} data-texts data-testid="redemptions">
        <HeadRow columns={head} />
        <tbody>
          {entries.map((each) => (
            <tr key={each.id} data-testid="redemption">
              <td>{formatDateTime(each.recordedAt, language)}</td>
              <td>{each.shopName}</td>
              <td>{each.tillName}</td>
              <td>{each.stockName ?? each.stockId ?? t('filter.noStock')}</td>
              <td>
                {each.state !== null && <StateChip state={each.state} />}
                {each.lossFen > 0 && (
                  <span className={styles['warning']}>
                    {t('life.loss')} {formatSum(each.lossFen, language)}
                  </span>
                )}
              </td>
              <td>{each.discountFen === null ? '' : formatSum(each.discountFen, language)}</td>
              <td>{each.cashier ?? ''}</td>
              <td>
                {onOpen === null ? (
                  each.useRequestNo
                ) : (
                  <Button
                    className={styles['link'] ?? ''}
                    aria-label={t('list.open', { number: each.useRequestNo })}
                    onPress={() => onOpen(each.id)}
                  >
                    {each.useRequestNo}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
