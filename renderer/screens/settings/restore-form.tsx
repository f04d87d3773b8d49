import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { BackupFacts, RestoreFault } from '../../../main/contract/upkeep.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import styles from './settings-screen.module.css'

type Said =
  | { readonly kind: 'fault'; readonly fault: RestoreFault['code'] | 'failed' }
  | { readonly kind: 'chosen'; readonly facts: BackupFacts }
  | { readonly kind: 'restored'; readonly keptAs: string }

/** Shows what a backup contains and what it lacks, and then restores it. */
export function RestoreForm() {
  const { t, i18n } = useTranslation('settings')
  const [said, setSaid] = useState<Said | null>(null)

  async function choose(): Promise<void> {
    const reply = await window.till.backup.choose({})
    if (!reply.ok) setSaid({ kind: 'fault', fault: 'failed' })
    else if (!reply.value.ok) setSaid({ kind: 'fault', fault: reply.value.error.code })
    else setSaid(reply.value.value && { kind: 'chosen', facts: reply.value.value })
  }

  async function restore(): Promise<void> {
    const reply = await window.till.backup.restore({})
    if (!reply.ok) setSaid({ kind: 'fault', fault: 'failed' })
    else if (!reply.value.ok) setSaid({ kind: 'fault', fault: reply.value.error.code })
    else setSaid({ kind: 'restored', keptAs: reply.value.value })
  }

  return (
    <>
      <p>{t('restore.lead')}</p>
      {said?.kind === 'fault' && (
        <p
          className={forms['fault']}
          role="alert"
          data-testid="restore-fault"
          data-code={said.fault}
        >
          {t(`restore.fault.${said.fault}`)}
        </p>
      )}
      {said?.kind === 'chosen' && (
        <p data-testid="restore-facts">
          {t('restore.facts', {
            ...said.facts,
            at:
              said.facts.lastAt === null
                ? '–'
                : new Intl.DateTimeFormat(i18n.language, {
                    dateStyle: 'medium',
                    timeStyle: 'short',
                  }).format(said.facts.lastAt),
          })}
        </p>
      )}
      {said?.kind === 'restored' && (
        <output className={styles['saved']} data-testid="restored">
          {t('restore.done', { path: said.keptAs })}
        </output>
      )}
      <div className={styles['row']}>
        {said?.kind === 'chosen' && (
          <Button
            className={buttons['primary'] ?? ''}
            data-testid="restore-confirm"
            onPress={() => void restore()}
          >
            {t('restore.confirm')}
          </Button>
        )}
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="restore-choose"
          onPress={() => void choose()}
        >
          {t('restore.choose')}
        </Button>
        {said?.kind === 'chosen' && (
          <Button className={buttons['quiet'] ?? ''} onPress={() => setSaid(null)}>
            {t('restore.cancel')}
          </Button>
        )}
      </div>
    </>
  )
}
