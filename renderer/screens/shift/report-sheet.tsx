import { useTranslation } from 'react-i18next'
import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatFen } from '../../format/money.ts'
import { headRows } from './report-rows.ts'
import styles from './report-sheet.module.css'

interface ReportSheetProps {
  readonly report: ShiftReport
  readonly language: Language
  /** For a receipt roll, where nothing fits beside the table. */
  readonly narrow?: boolean
}

const counted = ['redeemed', 'returned', 'refused', 'open'] as const
const ungivenCounts = ['released', 'notGiven', 'returnRefused'] as const

/** The report on the screen and in print. */
export function ReportSheet({ report, language, narrow = false }: ReportSheetProps) {
  const { t } = useTranslation('shift')
  const total = report.stocks.reduce((sum, { redeemed }) => sum + redeemed, 0)
  const sums = [
    ['honoured', report.honoured],
    ['honouredOpen', report.honouredOpen],
    ['losses', report.losses],
  ] as const
  return (
    <article className={styles['sheet']} data-narrow={narrow} data-testid="report">
      <h2 className={styles['title']}>{t('report.title')}</h2>
      <dl className={styles['head']}>
        {headRows(report, t, language).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['total']} data-testid="report-total">
        {t('report.total', { count: total })}
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('report.stock')}</th>
            {counted.map((name) => (
              <th key={name} scope="col">
                {t(`report.${name}`)}
              </th>
            ))}
            <th scope="col">{t('report.deducted')}</th>
          </tr>
        </thead>
        <tbody>
          {report.stocks.map((row) => (
            <tr key={row.stockId}>
              <th scope="row">{row.name ?? t('report.unknownStock')}</th>
              {counted.map((name) => (
                <td key={name}>{row[name]}</td>
              ))}
              <td>{row.deductedFen === null ? '—' : formatFen(row.deductedFen, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('report.cashier')}</th>
            <th scope="col">{t('report.redeemed')}</th>
          </tr>
        </thead>
        <tbody>
          {report.cashiers.map(({ name, redeemed }) => (
            <tr key={name ?? ''}>
              <th scope="row">{name ?? t('nobody')}</th>
              <td>{redeemed}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles['head']}>
        {sums.map(([name, { count, fen }]) => (
          <div key={name}>
            <dt>{t(`report.${name}`)}</dt>
            <dd>{t('report.sum', { count, amount: formatFen(fen, language) })}</dd>
          </div>
        ))}
        {ungivenCounts.map((name) => (
          <div key={name}>
            <dt>{t(`report.${name}`)}</dt>
            <dd data-testid={`report-${name}`}>{report.ungiven[name]}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
