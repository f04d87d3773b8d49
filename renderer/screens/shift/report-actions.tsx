import { FileSpreadsheet, FileText, Printer } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { ReportPaper } from '../../../main/contract/report-file.ts'
import buttons from '../../components/buttons.module.css'
import { PaperPicker } from '../../components/paper-picker.tsx'
import { usePrint } from '../../components/use-print.ts'
import styles from './shift-screen.module.css'

interface ReportActionsProps {
  readonly shiftId: number
  readonly paper: ReportPaper
}

/** Sends the report to a printer, a PDF or a spreadsheet. */
export function ReportActions({ shiftId, paper }: ReportActionsProps) {
  const { t } = useTranslation('shift')
  const { said, say, print } = usePrint(true)

  async function save(file: Parameters<typeof window.till.report.save>[0]['file']): Promise<void> {
    const reply = await window.till.report.save({ shiftId, file })
    if (!reply.ok) say(t('report.notSaved'))
    else if (reply.value !== null) say(t('report.saved', { path: reply.value }))
  }

  return (
    <div className={styles['actions']}>
      <PaperPicker paper={paper} />
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="report-print"
        onPress={() => void print(window.till.report.print({ shiftId, paper }))}
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
