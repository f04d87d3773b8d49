import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import buttons from '../components/buttons.module.css'
import { Shortcut } from '../components/shortcut.tsx'
import { useKeys } from '../components/use-keys.ts'
import type { ScannerRead } from './scan-target.ts'
import styles from './offered-scan.module.css'

interface OfferedScanProps {
  readonly scan: ScannerRead
  readonly onRedeem: () => void
  readonly onDismiss: () => void
}

/** Offers to redeem a coupon that was scanned on another screen: only a person decides to redeem it from there. */
export function OfferedScan({ scan, onRedeem, onDismiss }: OfferedScanProps) {
  const { t } = useTranslation('shell')
  useKeys((event) => {
    if (event.key !== 'Enter' || !event.ctrlKey) return false
    onRedeem()
    return true
  })
  return (
    <div className={styles['offer']} role="alert" data-testid="offered-scan">
      <strong>{t('offered.title', { tail: scan.text.slice(-4) })}</strong>
      <span className={styles['space']} />
      <Button className={buttons['primary'] ?? ''} onPress={onRedeem}>
        {t('offered.redeem')}
        <Shortcut keys="Ctrl ↵" />
      </Button>
      <Button className={buttons['quiet'] ?? ''} onPress={onDismiss}>
        {t('offered.dismiss')}
      </Button>
    </div>
  )
}
