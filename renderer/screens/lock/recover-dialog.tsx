import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RecoveryFault, Session, StaffView } from '../../../main/contract/staff.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import forms from '../../components/forms.module.css'
import { NewPin, useNewPin } from '../../components/new-pin.tsx'
import { PersonChoice } from '../../components/person-choice.tsx'

interface RecoverDialogProps {
  readonly session: Session
  readonly onClose: () => void
}

/** Takes the recovery code and a new PIN for an owner; where no owner's record can be read, for one who is added. */
export function RecoverDialog({ session, onClose }: RecoverDialogProps) {
  const { t } = useTranslation(['shell', 'staff'])
  const owners: readonly StaffView[] = session.staff.filter(({ role }) => role === 'owner')
  const [chosen, setChosen] = useState<string | null>(owners[0]?.id ?? null)
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const newPin = useNewPin()
  const { pin } = newPin
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<RecoveryFault['code'] | 'failed' | null>(null)
  const isNamed = chosen !== null || name.trim() !== ''
  const isReady = isNamed && code !== '' && newPin.isGood && !isBusy

  async function submit(): Promise<void> {
    if (!isReady) return
    setIsBusy(true)
    setFault(null)
    const newName = chosen === null ? name.trim() : null
    const reply = await window.till.session.recover({ id: chosen, name: newName, code, pin })
    setIsBusy(false)
    // On success the till opens in place of the lock screen.
    if (!reply.ok) setFault('failed')
    else if (!reply.value.ok) setFault(reply.value.error.code)
  }

  return (
    <Dialog title={t('lock.recover.title')} onClose={onClose} testId="recover">
      {owners.length > 1 && (
        <PersonChoice
          label={t('lock.recover.who')}
          staff={owners}
          chosen={chosen}
          onChoose={setChosen}
        />
      )}
      {owners.length === 0 && (
        <TextField className={forms['field'] ?? ''} value={name} onChange={setName} maxLength={20}>
          <Label className={forms['label'] ?? ''}>{t('lock.recover.name')}</Label>
          <Input className={forms['input'] ?? ''} data-testid="recover-name" />
        </TextField>
      )}
      <CodeField
        label={t('lock.recover.code')}
        value={code}
        onChange={(text) => setCode(text.toUpperCase())}
        onSubmit={() => void submit()}
        allows={(char) => /^[0-9a-z -]$/i.test(char)}
        maxLength={32}
        invalid={fault === 'wrong-code'}
        takesFocus
      />
      <NewPin
        newPin={newPin}
        label={t('lock.recover.pin')}
        invalid={fault === 'pin-too-easy'}
        onSubmit={() => void submit()}
      />
      {fault && (
        <p className={forms['fault']} role="alert" data-testid="recover-fault">
          {t(`staff:fault.${fault}`)}
        </p>
      )}
      <DialogButtons>
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('lock.recover.cancel')}
        </Button>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady}
          data-testid="recover-submit"
          onPress={() => void submit()}
        >
          {t('lock.recover.submit')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
