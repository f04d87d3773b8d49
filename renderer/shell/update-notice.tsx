import { CircleArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import styles from './status-bar.module.css'

/** Tells of a newer version on every screen, because nobody looks into the settings. A person installs it. */
export function UpdateNotice({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('shell')
  const { found, address } = snapshot.updates
  if (found === null || address === null) return null
  return (
    <span className={styles['update']} data-testid="update-notice">
      <CircleArrowUp aria-hidden size={20} />
      {t('newVersion', { version: found.version })}
    </span>
  )
}
