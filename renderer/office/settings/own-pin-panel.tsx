import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { longestPin } from '../../../main/contract/pin.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import { NewPin, useNewPin } from '../../components/new-pin.tsx'
import { isWholePin } from '../../components/pin-entry.tsx'
import { pinFaultText } from '../../shell/use-pin.ts'

/** Another PIN for the person signed in, on the one they have. */
export function OwnPinPanel() {
  const { t } = useTranslation('office')
  const { t: ofShell } = useTranslation('shell')
  const [pin, setPin] = useState('')
  const newPin = useNewPin()
  const [fault, setFault] = useState<string | null>(null)
  const [isDone, setIsDone] = useState(false)
  const isReady = isWholePin(pin) && newPin.isGood

  async function change(): Promise<void> {
    if (!isReady) return
    setIsDone(false)
    const reply = await window.office.entry.changePin({ pin, next: newPin.pin })
    if (reply.ok && reply.value.ok) {
      setPin('')
      newPin.type({ pin: '', again: '' })
      setFault(null)
      setIsDone(true)
    } else if (!reply.ok) setFault(t('notSaved'))
    else if (!reply.value.ok)
      setFault(
        reply.value.error.code === 'pin-too-easy'
          ? t('people.fault.pin-too-easy')
          : pinFaultText(reply.value.error, 'pin', ofShell),
      )
  }

  return (
    <div className={forms['form']}>
      <CodeField
        label={t('people.ownPin.old')}
        value={pin}
        onChange={(next) => setPin(next)}
        allows={(char) => /^\d$/.test(char)}
        maxLength={longestPin}
        secret
      />
      <NewPin
        newPin={newPin}
        label={t('people.ownPin.new')}
        invalid={false}
        onSubmit={() => void change()}
      />
      {fault !== null && (
        <p className={forms['fault']} role="alert" data-testid="own-pin-fault">
          {fault}
        </p>
      )}
      {isDone && <output>{t('people.ownPin.done')}</output>}
      <div>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady}
          data-testid="own-pin-submit"
          onPress={() => void change()}
        >
          {t('people.ownPin.submit')}
        </Button>
      </div>
    </div>
  )
}
