import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { may } from './permissions.ts'
import type { SnapshotWithoutCounter } from './snapshot-without-counter.ts'
import styles from './status-bar.module.css'

/**
 * Says on every screen that coupons are not checked with the other tills of the shop, and why to whoever can change it. A till
 * alone, a server that is there and the first seconds say nothing.
 */
export function ChainWarning({ snapshot }: { readonly snapshot: SnapshotWithoutCounter }) {
  const { t } = useTranslation('chain')
  const { chain, session } = snapshot
  if (chain === null) return null
  const { state, server } = chain
  const mayMend = may(session, 'change-settings')
  const missing = mayMend ? (server?.missing ?? []) : []
  const why =
    missing.length > 0
      ? t('bar.missing', { names: missing.join(', ') })
      : state === 'checked' || state === 'connecting'
        ? null
        : t(`bar.why.${state}`)
  return (
    <>
      {state !== 'checked' && state !== 'connecting' && (
        <span className={styles['certificate']} data-testid="chain-warning" data-state={state}>
          <Unplug aria-hidden size={20} />
          {t('bar.quiet')}
          {mayMend && why !== null && ` · ${why}`}
        </span>
      )}
      {mayMend && server?.isDiskLow === true && (
        <span className={styles['certificate']} data-testid="chain-disk-low" data-level="urgent">
          <Unplug aria-hidden size={20} />
          {t('bar.diskLow')}
        </span>
      )}
    </>
  )
}
