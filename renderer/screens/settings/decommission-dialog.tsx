import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { backupPasswordLength } from '../../../main/contract/backup-password.ts'
import type { DecommissionFault } from '../../../main/contract/decommission.ts'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import forms from '../../components/forms.module.css'
import { useAbout } from '../../components/use-about.ts'
import { OwnerConfirm } from '../../shell/owner-confirm.tsx'
import styles from './settings-screen.module.css'

interface DecommissionDialogProps {
  readonly snapshot: AppSnapshot
  readonly onClose: () => void
}

/** Asks for the till's number, the password of the backups and an owner's PIN, and decommissions this computer. */
export function DecommissionDialog({ snapshot, onClose }: DecommissionDialogProps) {
  const { t } = useTranslation('settings')
  const about = useAbout()
  const [word, setWord] = useState('')
  const [password, setPassword] = useState('')
  const [movesOpen, setMovesOpen] = useState(false)
  const [isAsking, setIsAsking] = useState(false)
  const [isConfirmed, setIsConfirmed] = useState(false)
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<DecommissionFault['code'] | 'failed' | null>(null)
  const open = snapshot.queue.waiting + snapshot.queue.review
  const owners = snapshot.session.staff.filter(({ role }) => role === 'owner')
  const tillId = about?.tillId ?? ''
  const isReady =
    word.trim() === tillId && tillId !== '' && password !== '' && (open === 0 || movesOpen)

  async function run(): Promise<void> {
    setIsBusy(true)
    setFault(null)
    const reply = await window.till.decommission.run({ word, password, movesOpen })
    setIsBusy(false)
    if (!reply.ok) setFault('failed')
    else if (!reply.value.ok) setFault(reply.value.error.code)
  }

  // It cannot be stopped once it runs.
  const close = isBusy ? () => undefined : onClose

  return (
    <Dialog title={t('decommission.title')} onClose={close} testId="decommission-dialog" wide>
      {isAsking && !isConfirmed ? (
        // By itself: it takes the focus, which somebody who is typing a password still needs.
        <OwnerConfirm owners={owners} onConfirmed={() => setIsConfirmed(true)} />
      ) : (
        <>
          {open > 0 && (
            <>
              <p className={forms['fault']}>{t('decommission.open', { count: open })}</p>
              <label className={forms['check']}>
                <input
                  type="checkbox"
                  checked={movesOpen}
                  data-testid="decommission-moves"
                  onChange={(event) => setMovesOpen(event.target.checked)}
                />
                {t('decommission.movesOpen')}
              </label>
            </>
          )}
          <CodeField
            label={t('decommission.word', { tillId })}
            value={word}
            onChange={setWord}
            maxLength={32}
          />
          <CodeField
            label={t('decommission.password')}
            value={password}
            onChange={setPassword}
            maxLength={backupPasswordLength.most}
            secret
          />
        </>
      )}
      {isConfirmed && <output className={styles['saved']}>{t('decommission.confirmed')}</output>}
      {fault !== null && (
        <p
          className={forms['fault']}
          role="alert"
          data-testid="decommission-fault"
          data-code={fault}
        >
          {t(`decommission.fault.${fault}`)}
        </p>
      )}
      <DialogButtons>
        {!isBusy && (
          <Button className={buttons['quiet'] ?? ''} onPress={close}>
            {t('decommission.cancel')}
          </Button>
        )}
        {isConfirmed ? (
          <Button
            className={buttons['primary'] ?? ''}
            isDisabled={!isReady || isBusy}
            data-testid="decommission-run"
            onPress={() => void run()}
          >
            {t(isBusy ? 'decommission.running' : 'decommission.run')}
          </Button>
        ) : (
          <Button
            className={buttons['primary'] ?? ''}
            isDisabled={!isReady || isAsking}
            data-testid="decommission-next"
            onPress={() => setIsAsking(true)}
          >
            {t('decommission.next')}
          </Button>
        )}
      </DialogButtons>
    </Dialog>
  )
}
