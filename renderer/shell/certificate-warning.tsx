import { ShieldAlert } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import buttons from '../components/buttons.module.css'
import banners from './banners.module.css'
import { may } from './permissions.ts'
import styles from './status-bar.module.css'

/** Warns 60 and 14 days before the certificate expires, until the next certificate is stored. */
export function CertificateWarning({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('setup')
  const { certificate } = snapshot
  // An expired certificate has a banner of its own.
  if (!certificate || certificate.level === 'good' || certificate.level === 'expired') return null
  const { level, daysLeft, isNextStaged } = certificate
  return (
    <span
      className={styles['certificate']}
      data-testid="certificate-warning"
      data-level={isNextStaged ? 'staged' : level}
    >
      <ShieldAlert aria-hidden size={20} />
      {t(isNextStaged ? 'expiry.staged' : `expiry.${level}`, { days: daysLeft })}
    </span>
  )
}

interface ExpiredBannerProps {
  readonly snapshot: SnapshotWithoutCounter
  /** `null` while the till is locked. */
  readonly onSetUp: (() => void) | null
}

/** Tells that the till goes on recording, but that nothing is redeemed until the next certificate is there. */
export function ExpiredBanner({ snapshot, onSetUp }: ExpiredBannerProps) {
  const { t } = useTranslation('setup')
  if (snapshot.certificate?.level !== 'expired') return null
  return (
    <p
      className={banners['notice']}
      role="alert"
      data-testid="certificate-warning"
      data-level="expired"
    >
      <strong>{t('expiry.expired')}</strong>
      {onSetUp && may(snapshot.session, 'set-up') && (
        <Button className={buttons['quiet'] ?? ''} onPress={onSetUp}>
          {t('screen.open')}
        </Button>
      )}
    </p>
  )
}
