import { useTranslation } from 'react-i18next'
import type { BesideCounter } from './beside-counter.ts'
import styles from './training-banner.module.css'

/** On every screen of a training till: nobody may take practice for the real thing. */
export function TrainingBanner({ snapshot }: { readonly snapshot: BesideCounter }) {
  const { t } = useTranslation('training')
  if (!snapshot.training) return null
  return (
    <p className={styles['banner']} data-testid="training-banner">
      <strong>{t('banner')}</strong>
      {snapshot.keyStorage === 'memory' && <span>{t('keysInMemory')}</span>}
    </p>
  )
}
