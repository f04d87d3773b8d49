import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AttachFault, HubConnection } from '../../../main/contract/office-hub.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import forms from '../../components/forms.module.css'
import { AttachForm } from '../entry/attach-form.tsx'
import styles from '../office.module.css'

/** Which hub the office follows, and reading everything from it again. */
export function HubPanel({ connection }: { readonly connection: HubConnection }) {
  const { t } = useTranslation('office')
  const { address, state } = connection
  const [asks, setAsks] = useState(false)
  if (state === 'not-attached') return <AttachForm />
  return (
    <div className={forms['form']}>
      <p>
        {t(`hub.${state}`)}
        {address !== null && ` · ${t('attach.now', { address })}`}
      </p>
      <AddressForm />
      <h3>{t('attach.replace')}</h3>
      <AttachForm />
      <div>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="rebuild"
          onPress={() => setAsks(true)}
        >
          {t('attach.rebuild')}
        </Button>
        <p className={styles['hint']}>{t('attach.rebuildHint')}</p>
      </div>
      {asks && (
        <Dialog
          title={t('attach.rebuildTitle')}
          onClose={() => setAsks(false)}
          testId="rebuild-question"
        >
          <p>{t('attach.rebuildText')}</p>
          <DialogButtons>
            <Button
              className={buttons['danger'] ?? ''}
              data-testid="rebuild-confirm"
              onPress={() => {
                setAsks(false)
                void window.office.hub.rebuild({})
              }}
            >
              {t('attach.rebuild')}
            </Button>
            <Button className={buttons['primary'] ?? ''} onPress={() => setAsks(false)}>
              {t('cancel')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </div>
  )
}

/** The hub has moved; its keys stay the same. */
function AddressForm() {
  const { t } = useTranslation('office')
  const [address, setAddress] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [outcome, setOutcome] = useState<AttachFault['code'] | 'failed' | 'done' | null>(null)
  async function change(): Promise<void> {
    setIsBusy(true)
    setOutcome(null)
    const reply = await window.office.hub.setAddress({ address: address.trim() })
    setIsBusy(false)
    if (!reply.ok) setOutcome('failed')
    else setOutcome(reply.value.ok ? 'done' : reply.value.error.code)
  }
  return (
    <>
      <TextField className={forms['field'] ?? ''} value={address} onChange={setAddress}>
        <Label className={forms['label'] ?? ''}>{t('attach.newAddress')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="hub-address" />
      </TextField>
      <div className={forms['choices']}>
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={isBusy || address.trim() === ''}
          data-testid="hub-address-save"
          onPress={() => void change()}
        >
          {t('attach.setAddress')}
        </Button>
        {outcome === 'done' && <output>{t('attach.done')}</output>}
        {outcome !== null && outcome !== 'done' && (
          <p className={forms['fault']} role="alert" data-testid="hub-address-fault">
            {t(`attach.fault.${outcome}`)}
          </p>
        )}
      </div>
    </>
  )
}
