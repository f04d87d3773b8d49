import { ShieldAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../main/contract/snapshot.ts'
import styles from './status-bar.module.css'

/** 60 and 14 days ahead, so that there is time to renew it; quiet once the next certificate is there. */
export function CertificateWarning({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('setup')
  const { certificate } = snapshot
  if (!certificate || certificate.level === 'good') return null
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
