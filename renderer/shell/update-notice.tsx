import { CircleArrowUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import styles from './status-bar.module.css'

/** Tells of a newer version, and how far it has come, on every screen, because nobody looks into the settings. */
export function UpdateNotice({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('shell')
  const { updates, updateProgress } = snapshot
  const { found, address, takenBack } = updates
  if (found === null || address === null) return null
  const { stage, percent } = updateProgress
  const { version } = found
  const key = takenBack === version ? 'versionTakenBack' : stages[stage]
  return (
    <span className={styles['update']} data-testid="update-notice" data-stage={stage}>
      <CircleArrowUp aria-hidden size={20} />
      {t(key, { version, percent })}
    </span>
  )
}

const stages = {
  none: 'newVersion',
  downloading: 'versionFetched',
  ready: 'versionReady',
  installing: 'versionReady',
  failed: 'newVersion',
} as const
