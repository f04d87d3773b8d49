import type { ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../main/contract/language.ts'
import {
  moneyColumns,
  moneyRemarks,
  moneySumText,
  moneyTables,
  moneyTotalText,
  placeText,
} from '../../../main/contract/money-text.ts'
import { type Money, moneyKinds, type MoneyRow } from '../../../main/contract/money.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'
import { FigureTable } from '../../components/figure-table.tsx'
import type { MoneyPart } from '../history/history-opening.ts'
import styles from './money-sheet.module.css'

interface MoneySheetProps {
  readonly money: Money
  readonly language: Language
  readonly onCoupons: (part: MoneyPart) => void
  /** What can be done with the figures. */
  readonly children: ReactNode
}

/** The sum given first, then what became of it, then who, which and when. Each leads to its coupons. */
export function MoneySheet({ money, language, onCoupons, children }: MoneySheetProps) {
  const { t } = useTranslation('money')
  const say = { words: wordsOn(window.till.platform)[language], language }
  const { total, days, place } = money
  const { excess, earlier, later } = moneyRemarks(money, say)
  const all: MoneyPart = {
    days,
    place,
    placeText: placeText(money, say),
    about: 'recorded',
    money: null,
    hour: null,
    stockId: null,
    cashier: null,
  }
  const cellsOf = (row: MoneyRow): string[] =>
    moneyColumns.map((column) => moneySumText(row[column], say))
  const parts = {
    cashiers: (key: string): MoneyPart => ({ ...all, cashier: key }),
    stocks: (key: string): MoneyPart => ({ ...all, stockId: key }),
    hours: (key: string): MoneyPart => ({ ...all, hour: Number(key) }),
  }
  return (
    <div className={styles['sheet']} data-testid="money">
      <div className={styles['total']}>
        <p className={styles['given']} data-testid="money-total">
          {moneyTotalText(money, say)}
        </p>
        {children}
      </div>
      <div className={styles['kinds']}>
        {moneyKinds.map((kind) => (
          <Button
            key={kind}
            className={styles['kind'] ?? ''}
            data-testid={`money-${kind}`}
            onPress={() => onCoupons({ ...all, money: kind })}
          >
            <span className={styles['name']}>{t(kind)}</span>
            <strong className={styles['sum']}>{moneySumText(total[kind], say)}</strong>
            <span className={styles['hint']}>
              {t('coupons', { count: total[kind].count })} ·{' '}
              {t(total[kind].count < 0 ? 'hint.settled' : `hint.${kind}`)}
            </span>
          </Button>
        ))}
      </div>
      {excess !== null && (
        <p className={styles['excess']} data-testid="money-excess">
          {excess}
        </p>
      )}
      {earlier !== null && (
        <Button
          className={styles['remark'] ?? ''}
          data-testid="money-earlier"
          onPress={() => onCoupons({ ...all, about: 'booked-here' })}
        >
          {earlier}
        </Button>
      )}
      {later !== null && (
        <Button
          className={styles['remark'] ?? ''}
          data-testid="money-later"
          onPress={() => onCoupons({ ...all, about: 'booked-elsewhere' })}
        >
          {later}
        </Button>
      )}
      {money.cashiers.length === 0 ? (
        <p className={styles['nothing']}>{t('nothing')}</p>
      ) : (
        moneyTables(money, say.words).map(({ key, heading, rows }) => (
          <FigureTable
            key={key}
            columns={[heading, ...moneyColumns.map((column) => t(column))]}
            rows={rows.map((each) => ({
              key: each.key,
              name: (
                <Button
                  className={styles['link'] ?? ''}
                  onPress={() => onCoupons(parts[key](each.key))}
                >
                  {each.name}
                </Button>
              ),
              cells: cellsOf(each.row),
            }))}
            total={{ name: t('sums'), cells: cellsOf(total) }}
            isEven
            testId={`money-${key}`}
          />
        ))
      )}
    </div>
  )
}
