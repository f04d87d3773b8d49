import { ScanBarcode } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './health-line.module.css'
import type { HealthNote } from './scanner-health.ts'

/** Shows the gravest problem with the scanner; nothing while all is well. */
export function HealthLine({ notes }: { readonly notes: readonly HealthNote[] }) {
  const { t } = useTranslation('scanner')
  const [gravest] = notes
  return (
    <output className={styles['line']} data-testid="scanner-health" data-note={gravest ?? 'well'}>
      {gravest !== undefined && (
        <>
          <ScanBarcode aria-hidden size={20} />
          {t(`health.${gravest}`)}
        </>
      )}
    </output>
  )
}
