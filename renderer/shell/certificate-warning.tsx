import { ShieldAlert } from 'lucide-react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { BesideCounter } from './beside-counter.ts'
import buttons from '../components/buttons.module.css'
import banners from './banners.module.css'
import { may } from './permissions.ts'
import styles from './status-bar.module.css'

/** 60 and 14 days ahead, so that there is time to renew it; quiet once the next certificate is there. */
export function CertificateWarning({ snapshot }: { readonly snapshot: BesideCounter }) {
  const { t } = useTranslation('setup')
  const { certificate } = snapshot
  // An expired one has a banner.
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
  readonly snapshot: BesideCounter
  /** `null` while the till is locked. */
  readonly onSetUp: (() => void) | null
}

/** The till goes on recording, and says that nothing is redeemed until the next certificate is there. */
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
