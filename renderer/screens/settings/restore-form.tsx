import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Owner } from '../../../main/contract/owner.ts'
import type { Result } from '../../../main/contract/result.ts'
import type { BackupFacts, RestoreFault } from '../../../main/contract/upkeep.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { OwnerConfirm } from '../../shell/owner-confirm.tsx'
import { RestoreAside } from './restore-aside.tsx'
import { RestoreFacts } from './restore-facts.tsx'
import { RestoreUnlock } from './restore-unlock.tsx'
import styles from './settings-screen.module.css'

type Said =
  | { readonly kind: 'fault'; readonly fault: RestoreFault['code'] | 'failed' }
  | { readonly kind: 'locked'; readonly isWrong: boolean }
  | { readonly kind: 'chosen'; readonly facts: BackupFacts }
  | { readonly kind: 'restored'; readonly keptAs: string | null }

type Looked = Result<Result<BackupFacts | null, RestoreFault>, unknown>

interface RestoreFormProps {
  /** Before an obstacle: of whom one has to confirm. */
  readonly owners?: readonly Owner[]
  /** On a computer without a till of its own there is nothing to go back to. */
  readonly isEmptyHere?: boolean
}

/** Shows what a backup contains and what it lacks, and then restores it. Asks for the password of another computer's. */
export function RestoreForm({ owners = [], isEmptyHere = false }: RestoreFormProps) {
  const { t } = useTranslation('settings')
  const [said, setSaid] = useState<Said | null>(null)
  const [isRestoring, setIsRestoring] = useState(false)

  function show(reply: Looked): void {
    if (!reply.ok) return setSaid({ kind: 'fault', fault: 'failed' })
    if (reply.value.ok)
      return setSaid(reply.value.value && { kind: 'chosen', facts: reply.value.value })
    const { code } = reply.value.error
    if (code === 'password-needed') return setSaid({ kind: 'locked', isWrong: false })
    setSaid(
      code === 'wrong-password'
        ? { kind: 'locked', isWrong: true }
        : { kind: 'fault', fault: code },
    )
  }

  async function restore(): Promise<void> {
    setIsRestoring(true)
    const reply = await window.till.backup.restore({})
    setIsRestoring(false)
    if (!reply.ok) setSaid({ kind: 'fault', fault: 'failed' })
    else if (!reply.value.ok) setSaid({ kind: 'fault', fault: reply.value.error.code })
    else setSaid({ kind: 'restored', keptAs: reply.value.value.keptAs })
  }

  return (
    <>
      <p>{t(isEmptyHere ? 'restore.leadElsewhere' : 'restore.lead')}</p>
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
      {said?.kind === 'fault' && said.fault === 'owner-needed' && (
        <OwnerConfirm owners={owners} onConfirmed={() => setSaid(null)} />
      )}
      {said?.kind === 'locked' && (
        <RestoreUnlock
          isWrong={said.isWrong}
          onUnlock={async (password) => show(await window.till.backup.unlock({ password }))}
        />
      )}
      {said?.kind === 'chosen' && <RestoreFacts facts={said.facts} />}
      {said?.kind === 'restored' && said.keptAs !== null && (
        <output className={styles['saved']} data-testid="restored">
          {t('restore.done', { path: said.keptAs })}
        </output>
      )}
      <div className={styles['row']}>
        {said?.kind === 'chosen' && (
          <Button
            className={buttons['primary'] ?? ''}
            isDisabled={isRestoring}
            data-testid="restore-confirm"
            onPress={() => void restore()}
          >
            {t('restore.confirm')}
          </Button>
        )}
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={isRestoring}
          data-testid="restore-choose"
          onPress={() => void window.till.backup.choose({}).then(show)}
        >
          {t('restore.choose')}
        </Button>
        {/* It cannot be stopped once it runs. */}
        {!isRestoring && (said?.kind === 'chosen' || said?.kind === 'locked') && (
          <Button className={buttons['quiet'] ?? ''} onPress={() => setSaid(null)}>
            {t('restore.cancel')}
          </Button>
        )}
      </div>
      {!isEmptyHere && (
        <RestoreAside
          key={said?.kind}
          onChoose={async (name) => show(await window.till.backup.chooseSetAside({ name }))}
        />
      )}
    </>
  )
}
