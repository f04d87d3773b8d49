import { useTranslation } from 'react-i18next'
import type { HandOverFault, TakenOver } from '../../../main/contract/hand-over-requests.ts'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

export type HandOverOutcome =
  | { readonly kind: 'fault'; readonly fault: HandOverFault['code'] | 'failed' }
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'taken'; readonly counts: TakenOver }

/** Shows the result of the last hand-over order; for an imported file, the number of entries of each kind. */
export function HandOverOutcomeLine({ said }: { readonly said: HandOverOutcome }) {
  const { t } = useTranslation('settings')
  return (
    <output
      className={said.kind === 'fault' ? forms['fault'] : styles['saved']}
      data-testid="hand-over-said"
      data-kind={said.kind}
    >
      {said.kind === 'fault' && t(`handOver.fault.${said.fault}`)}
      {said.kind === 'written' && t('handOver.written', { path: said.path })}
      {said.kind === 'taken' && (
        <span className={styles['counts']} data-counts={JSON.stringify(said.counts)}>
          <span>{t('handOver.taken', { count: said.counts.taken })}</span>
          {(['review', 'closed', 'known'] as const).map(
            (kind) =>
              said.counts[kind] > 0 && (
                <span key={kind}>{t(`handOver.${kind}`, { count: said.counts[kind] })}</span>
              ),
          )}
        </span>
      )}
    </output>
  )
}
