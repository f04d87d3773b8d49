import { useTranslation } from 'react-i18next'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import banners from './banners.module.css'

/** Tells on every screen that coupons go to another server than WeChat Pay's, whose "redeemed" is only that server's word. */
export function ForeignHostsBanner({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('shell')
  const { foreignHosts } = snapshot
  if (foreignHosts.length === 0) return null
  return (
    <p className={banners['foreign']} data-testid="foreign-hosts">
      <strong>{t('foreignHosts.title', { hosts: foreignHosts.join(', ') })}</strong>
      <span>{t('foreignHosts.why')}</span>
    </p>
  )
}
