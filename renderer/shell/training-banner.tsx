import { useTranslation } from 'react-i18next'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import styles from './training-banner.module.css'

/** Shown on every screen of a training till, so that nobody takes practice for the real thing. */
export function TrainingBanner({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('training')
  if (!snapshot.training) return null
  return (
    <p className={styles['banner']} data-testid="training-banner">
      <strong>{t(snapshot.runtime.practice ? 'practiceBanner' : 'banner')}</strong>
      {snapshot.keyStorage === 'memory' && <span>{t('keysInMemory')}</span>}
    </p>
  )
}
