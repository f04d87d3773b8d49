import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { longestPin } from '../../../main/contract/pin.ts'
import type { PinChangeFault } from '../../../main/contract/staff.ts'
import buttons from '../../components/buttons.module.css'
import { CodeField } from '../../components/code-field.tsx'
import forms from '../../components/forms.module.css'
import { NewPin, useNewPin } from '../../components/new-pin.tsx'
import { isWholePin } from '../../components/pin-entry.tsx'
import { pinFaultText } from '../../shell/use-pin.ts'
import styles from './settings-screen.module.css'

/** How a person changes their own PIN, so that nobody else knows it. */
export function OwnPinPanel() {
  const { t } = useTranslation('staff')
  const { t: shell } = useTranslation('shell')
  // Changed: the fields are empty again.
  const [times, setTimes] = useState(0)
  const [said, setSaid] = useState<'changed' | PinChangeFault | 'failed' | null>(null)
  const isFault = said !== null && said !== 'changed'
  return (
    <div className={styles['form']} data-testid="own-pin">
      <h2 className={styles['title']}>{t('own.title')}</h2>
      <p>{t('own.why')}</p>
      <OwnPinFields
        key={times}
        isTooEasy={isFault && said !== 'failed' && said.code === 'pin-too-easy'}
        onChanged={(fault) => {
          setSaid(fault ?? 'changed')
          if (fault === null) setTimes(times + 1)
        }}
      />
      <output data-testid="own-pin-said" data-said={said === 'changed' ? said : isFault}>
        {said === 'changed' && t('own.changed')}
        {isFault && (
          <span className={forms['fault']} role="alert">
            {said !== 'failed' && said.code === 'pin-too-easy'
              ? t('fault.pin-too-easy')
              : pinFaultText(said, 'pin', shell)}
          </span>
        )}
      </output>
    </div>
  )
}

interface OwnPinFieldsProps {
  readonly isTooEasy: boolean
  readonly onChanged: (fault: PinChangeFault | 'failed' | null) => void
}

function OwnPinFields({ isTooEasy, onChanged }: OwnPinFieldsProps) {
  const { t } = useTranslation('staff')
  const [pin, setPin] = useState('')
  const newPin = useNewPin()
  const [isBusy, setIsBusy] = useState(false)
  const isReady = isWholePin(pin) && newPin.isGood && !isBusy

  async function save(): Promise<void> {
    if (!isReady) return
    setIsBusy(true)
    const reply = await window.till.session.changePin({ pin, next: newPin.pin })
    setIsBusy(false)
    onChanged(reply.ok ? (reply.value.ok ? null : reply.value.error) : 'failed')
  }

  return (
    <>
      <CodeField
        label={t('own.now')}
        value={pin}
        onChange={setPin}
        onSubmit={() => void save()}
        allows={(char) => /^\d$/.test(char)}
        maxLength={longestPin}
        secret
      />
      <NewPin
        newPin={newPin}
        label={t('own.next')}
        hint={t('pinHint')}
        invalid={isTooEasy}
        onSubmit={() => void save()}
      />
      <div className={styles['row']}>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady}
          data-testid="own-pin-save"
          onPress={() => void save()}
        >
          {t('own.save')}
        </Button>
      </div>
    </>
  )
}
