import { FileSpreadsheet, FileText, Printer } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { type ReportPaper, reportPapers } from '../../../main/contract/report-file.ts'
import buttons from '../../components/buttons.module.css'
import { Picker } from '../../components/picker.tsx'
import styles from './shift-screen.module.css'

interface ReportActionsProps {
  readonly shiftId: number
}

/** Sends the report to a printer, a PDF or a spreadsheet. */
export function ReportActions({ shiftId }: ReportActionsProps) {
  const { t } = useTranslation('shift')
  const [paper, setPaper] = useState<ReportPaper>('A4')
  const [said, setSaid] = useState<string | null>(null)

  async function save(file: Parameters<typeof window.till.report.save>[0]['file']): Promise<void> {
    const reply = await window.till.report.save({ shiftId, file })
    if (!reply.ok) setSaid(t('report.notSaved'))
    else if (reply.value !== null) setSaid(t('report.saved', { path: reply.value }))
  }

  return (
    <div className={styles['actions']}>
      <Picker
        label={t('report.paper')}
        value={paper}
        options={reportPapers.map((each) => ({ value: each, label: t(`paper.${each}`) }))}
        onChange={(next) => setPaper(reportPapers.find((each) => each === next) ?? 'A4')}
      />
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="report-print"
        onPress={() => void window.till.report.print({ shiftId, paper })}
      >
        <Printer aria-hidden size={18} />
        {t('report.print')}
      </Button>
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="report-pdf"
        onPress={() => void save({ kind: 'pdf', paper })}
      >
        <FileText aria-hidden size={18} />
        PDF
      </Button>
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="report-csv"
        onPress={() => void save({ kind: 'csv' })}
      >
        <FileSpreadsheet aria-hidden size={18} />
        CSV
      </Button>
      {said !== null && (
        <output className={styles['said']} data-testid="report-said">
          {said}
        </output>
      )}
    </div>
  )
}
