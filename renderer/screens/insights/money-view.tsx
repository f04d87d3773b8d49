import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money, MoneyQuery } from '../../../main/contract/money.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { ReportActions } from '../../components/report-actions.tsx'
import type { MoneyPart } from '../history/history-opening.ts'
import styles from './insights-screen.module.css'
import { MoneyControls } from './money-controls.tsx'
import { MoneySheet } from './money-sheet.tsx'
import { ScreenHead } from './screen-head.tsx'

interface MoneyViewProps {
  readonly snapshot: AppSnapshot
  readonly query: MoneyQuery
  readonly switcher: ReactNode
  readonly onQuery: (query: MoneyQuery) => void
  readonly onCoupons: (part: MoneyPart) => void
}

/** What happened with the shop's money in a range: how much was given, and what became of it. */
export function MoneyView({ snapshot, query, switcher, onQuery, onCoupons }: MoneyViewProps) {
  const { t } = useTranslation('money')
  const { language, recordsRevision, shift } = snapshot
  // The last figures stay in sight while those of another range are counted.
  const [money, setMoney] = useState<Money | 'failed' | null>(null)
  const [areDatesWrong, setAreDatesWrong] = useState(false)
  useEffect(() => {
    let isCurrent = true
    void window.till.money.read(query).then((reply) => {
      if (isCurrent) setMoney(reply.ok ? reply.value : 'failed')
    })
    return () => {
      isCurrent = false
    }
    // Read anew whenever the records, or the shifts, may have changed.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [query, recordsRevision, shift.current?.id])

  const read = money === 'failed' ? null : money
  return (
    <>
      <ScreenHead switcher={switcher}>
        <MoneyControls
          query={query}
          money={read}
          language={language}
          onQuery={onQuery}
          onWrongDates={setAreDatesWrong}
        />
      </ScreenHead>
      {/* The figures of other dates would be taken, and printed, for those that are typed. */}
      {areDatesWrong ? null : read === null ? (
        <p className={styles['empty']} {...(money === 'failed' && { role: 'alert' })}>
          {t(money === 'failed' ? 'failed' : 'loading')}
        </p>
      ) : (
        <MoneySheet money={read} language={language} onCoupons={onCoupons}>
          <ReportActions
            paper={snapshot.paperSize}
            onPrint={(paper) => window.till.money.print({ query, paper })}
            onSave={(file) => window.till.money.save({ query, file })}
          />
        </MoneySheet>
      )}
    </>
  )
}
