import { useTranslation } from 'react-i18next'
import type { HandOverFault, TakenOver } from '../../../main/contract/hand-over-requests.ts'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

export type HandOverSaid =
  | { readonly kind: 'fault'; readonly fault: HandOverFault | 'failed' }
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'taken'; readonly counts: TakenOver }

/** What became of the last order; of a file that was taken over, each kind of entry that it had. */
export function HandOverSaidLine({ said }: { readonly said: HandOverSaid }) {
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
