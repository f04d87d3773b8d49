import { useTranslation } from 'react-i18next'
import type { ReportPaper } from '../../main/contract/report-file.ts'
import { reportPapers } from '../../main/contract/report-papers.ts'
import { Picker } from './picker.tsx'

/** What this computer prints on. The choice is kept: a till has one printer for years. */
export function PaperPicker({ paper }: { readonly paper: ReportPaper }) {
  const { t } = useTranslation('paper')
  return (
    <Picker
      label={t('paper')}
      value={paper}
      options={reportPapers.map((each) => ({ value: each, label: t(`papers.${each}`) }))}
      onChange={(next) =>
        void window.till.preferences.set({
          paperSize: reportPapers.find((each) => each === next) ?? paper,
        })
      }
    />
  )
}
