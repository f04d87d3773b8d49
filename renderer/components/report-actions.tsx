import { FileSpreadsheet, FileText, Printer } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { PrintOutcome, ReportFile, ReportPaper } from '../../main/contract/report-file.ts'
import type { Result } from '../../main/contract/result.ts'
import buttons from './buttons.module.css'
import { PaperPicker } from './paper-picker.tsx'
import { usePrint } from './use-print.ts'
import styles from './report-actions.module.css'

interface ReportActionsProps {
  readonly paper: ReportPaper
  readonly onPrint: (paper: ReportPaper) => Promise<Result<PrintOutcome | null, unknown>>
  /** Resolves with the path of the file; with `null` when the person cancelled. */
  readonly onSave: (file: ReportFile) => Promise<Result<string | null, unknown>>
}

/** Sends the report to a printer, a PDF or a spreadsheet. */
export function ReportActions({ paper, onPrint, onSave }: ReportActionsProps) {
  const { t } = useTranslation('shift')
  const { said, say, print } = usePrint(true)

  async function save(file: ReportFile): Promise<void> {
    const reply = await onSave(file)
    if (!reply.ok) say(t('report.notSaved'))
    else if (reply.value !== null) say(t('report.saved', { path: reply.value }))
  }

  return (
    <div className={styles['actions']}>
      <PaperPicker paper={paper} />
      <Button
        className={buttons['quiet'] ?? ''}
        data-testid="report-print"
        onPress={() => void print(onPrint(paper))}
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
