import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import type { RejectReason } from '../scanner/decision.ts'
import styles from './offered-scan.module.css'

interface MissedScanProps {
  readonly why: RejectReason
  readonly onDismiss: () => void
}

/** Tells that a scan on another screen could not be read, and that what it typed into a field was undone. */
export function MissedScan({ why, onDismiss }: MissedScanProps) {
  const { t } = useTranslation(['scanner', 'till'])
  return (
    <div className={styles['offer']} role="alert" data-testid="missed-scan" data-why={why}>
      <strong>{t(`rejected.${why}`)}</strong>
      <span>{t('again')}</span>
      <span className={styles['space']} />
      <Button className={buttons['quiet'] ?? ''} onPress={onDismiss}>
        {t('till:action.close')}
      </Button>
    </div>
  )
}
