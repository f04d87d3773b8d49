import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AttachFault, AttachOffer } from '../../../main/contract/office-hub.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'

/** Takes the file with which the hub lets this office in, and perhaps another address than the file has. */
export function AttachForm() {
  const { t } = useTranslation('office')
  const [offer, setOffer] = useState<AttachOffer | null>(null)
  const [address, setAddress] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [outcome, setOutcome] = useState<AttachFault['code'] | 'failed' | 'done' | null>(null)

  async function choose(): Promise<void> {
    setOutcome(null)
    const reply = await window.office.hub.chooseFile({})
    if (!reply.ok) setOutcome('failed')
    else if (!reply.value.ok) setOutcome(reply.value.error.code)
    else if (reply.value.value !== null) setOffer(reply.value.value)
  }

  async function attach({ file }: AttachOffer): Promise<void> {
    setIsBusy(true)
    setOutcome(null)
    const own = address.trim()
    const reply = await window.office.hub.attach({ file, address: own === '' ? null : own })
    setIsBusy(false)
    if (!reply.ok) setOutcome('failed')
    else setOutcome(reply.value.ok ? 'done' : reply.value.error.code)
  }

  return (
    <div className={forms['form']}>
      <p>{t('attach.text')}</p>
      <div className={forms['choices']}>
        <Button
          className={buttons[offer === null ? 'primary' : 'quiet'] ?? ''}
          data-testid="attach-choose"
          onPress={() => void choose()}
        >
          {t('attach.choose')}
        </Button>
      </div>
      {offer !== null && (
        <>
          <p data-testid="attach-offer">{t('attach.chosen', offer)}</p>
          <TextField className={forms['field'] ?? ''} value={address} onChange={setAddress}>
            <Label className={forms['label'] ?? ''}>{t('attach.address')}</Label>
            <Input className={forms['input'] ?? ''} data-testid="attach-address" />
          </TextField>
          <div className={forms['choices']}>
            <Button
              className={buttons['primary'] ?? ''}
              isDisabled={isBusy}
              data-testid="attach-submit"
              onPress={() => void attach(offer)}
            >
              {t('attach.submit')}
            </Button>
          </div>
        </>
      )}
      {outcome === 'done' && <output>{t('attach.done')}</output>}
      {outcome !== null && outcome !== 'done' && (
        <p className={forms['fault']} role="alert" data-testid="attach-fault">
          {t(`attach.fault.${outcome}`)}
        </p>
      )}
    </div>
  )
}
