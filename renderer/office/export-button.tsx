import { Download } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficeExport } from '../../main/contract/office-requests.ts'
import buttons from '../components/buttons.module.css'
import styles from './office.module.css'

type Outcome = { readonly file: string; readonly isCut: boolean } | 'not-written'

/** Writes what is shown to a spreadsheet, whole. */
export function ExportButton({ what }: { readonly what: OfficeExport }) {
  const { t } = useTranslation('office')
  const [isBusy, setIsBusy] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  async function save(): Promise<void> {
    setIsBusy(true)
    setOutcome(null)
    const reply = await window.office.figures.export(what)
    setIsBusy(false)
    setOutcome(reply.ok && reply.value.ok ? reply.value.value : 'not-written')
  }
  return (
    <div className={styles['export']}>
      <Button
        className={buttons['quiet'] ?? ''}
        isDisabled={isBusy}
        data-testid="export"
        onPress={() => void save()}
      >
        <Download aria-hidden size={18} />
        {t('export.button')}
      </Button>
      {outcome !== null && (
        <output className={styles['exported']} data-testid="exported">
          {outcome === 'not-written' ? t('export.not-written') : t('export.done', outcome)}
          {outcome !== 'not-written' && outcome.isCut && ` ${t('export.cut')}`}
        </output>
      )}
    </div>
  )
}
