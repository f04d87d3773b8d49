import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ShiftReport } from '../../../main/contract/shift-report.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { ReportActions } from '../../components/report-actions.tsx'
import { PastShifts } from './past-shifts.tsx'
import { ReportSheet } from './report-sheet.tsx'
import { ShiftDesk } from './shift-desk.tsx'
import styles from './shift-screen.module.css'

/** The current shift, its figures so far, and earlier shifts. */
export function ShiftScreen({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('shift')
  const { current, toAcknowledge } = snapshot.shift
  const [chosen, setChosen] = useState<number | null>(null)
  const shown = chosen ?? current?.id ?? toAcknowledge?.id ?? null
  return (
    <section className={styles['screen']} data-testid="shift" aria-label={t('title')}>
      <div className={styles['left']}>
        <ShiftDesk snapshot={snapshot} onChanged={setChosen} />
        <PastShifts
          key={`${current?.id} ${toAcknowledge?.id}`}
          chosen={shown}
          language={snapshot.language}
          onChoose={setChosen}
        />
      </div>
      {shown === null ? (
        <p className={styles['empty']}>{t('noReport')}</p>
      ) : (
        <Report key={shown} id={shown} snapshot={snapshot} />
      )}
    </section>
  )
}

function Report({ id, snapshot }: { readonly id: number; readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('shift')
  const [report, setReport] = useState<ShiftReport | 'failed' | null>(null)
  const { recordsRevision, shift } = snapshot
  useEffect(() => {
    let isCurrent = true
    void window.till.shift.report({ id }).then((reply) => {
      if (isCurrent) setReport(reply.ok && reply.value ? reply.value : 'failed')
    })
    return () => {
      isCurrent = false
    }
    // The figures of an open shift grow with every redemption, and change once more when it ends.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [id, recordsRevision, shift.current?.id])
  if (report === null) return <p className={styles['empty']}>{t('loading')}</p>
  if (report === 'failed')
    return (
      <p className={styles['empty']} role="alert">
        {t('failed')}
      </p>
    )
  return (
    <div className={styles['report']}>
      <ReportActions
        paper={snapshot.paperSize}
        onPrint={(paper) => window.till.report.print({ shiftId: id, paper })}
        onSave={(file) => window.till.report.save({ shiftId: id, file })}
      />
      <ReportSheet report={report} language={snapshot.language} />
    </div>
  )
}
