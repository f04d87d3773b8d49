import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficePersonFault } from '../../../main/contract/office-people.ts'
import buttons from '../../components/buttons.module.css'
import { focusOnMount } from '../../components/focus-on-mount.ts'
import forms from '../../components/forms.module.css'
import { NewPin, useNewPin } from '../../components/new-pin.tsx'
import lock from '../../screens/lock/lock-screen.module.css'

/** The first start: who owns what is shown from now on. */
export function BeginScreen() {
  const { t } = useTranslation('office')
  const [name, setName] = useState('')
  const newPin = useNewPin()
  const [isBusy, setIsBusy] = useState(false)
  const [fault, setFault] = useState<OfficePersonFault['code'] | 'failed' | null>(null)
  const isReady = name.trim() !== '' && newPin.isGood && !isBusy
  async function begin(): Promise<void> {
    if (!isReady) return
    setIsBusy(true)
    const reply = await window.office.people.begin({ name: name.trim(), pin: newPin.pin })
    setIsBusy(false)
    // On success the office opens in place of this screen.
    setFault(reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed')
  }
  return (
    <main className={lock['screen']} data-testid="begin">
      <section className={lock['sheet']}>
        <h1 className={lock['title']}>{t('begin.title')}</h1>
        <p>{t('begin.text')}</p>
        <TextField className={forms['field'] ?? ''} value={name} onChange={setName} maxLength={20}>
          <Label className={forms['label'] ?? ''}>{t('begin.name')}</Label>
          <Input className={forms['input'] ?? ''} data-testid="begin-name" ref={focusOnMount} />
        </TextField>
        <NewPin
          newPin={newPin}
          label={t('begin.pin')}
          invalid={fault === 'pin-too-easy'}
          onSubmit={() => void begin()}
        />
        {fault && (
          <p className={forms['fault']} role="alert" data-testid="begin-fault">
            {t(`people.fault.${fault}`)}
          </p>
        )}
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady}
          data-testid="begin-submit"
          onPress={() => void begin()}
        >
          {t('begin.submit')}
        </Button>
      </section>
    </main>
  )
}
