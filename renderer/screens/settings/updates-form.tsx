import { useState } from 'react'
import { Button, Input, Label, Text, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AppSnapshot } from '../../../main/contract/snapshot.ts'
import { UpdateAddress, type UpdateFault } from '../../../main/contract/updates.ts'
import buttons from '../../components/buttons.module.css'
import forms from '../../components/forms.module.css'
import { useUnsaved } from '../../shell/leave-guard.tsx'
import styles from './settings-screen.module.css'
import { UpdateInstall } from './update-install.tsx'

/** Whether the shop's IT has published a newer version, where, and what is done about it. */
export function UpdatesForm({ snapshot }: { readonly snapshot: AppSnapshot }) {
  const { t } = useTranslation('settings')
  const { address, found, checkedAt } = snapshot.updates
  /** `null` until a person types: what is saved is shown, also where it changes meanwhile. */
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? address ?? ''
  const [fault, setFault] = useState<UpdateFault['code'] | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const wanted = text.trim()
  const isRight = wanted === '' || UpdateAddress.safeParse(wanted).success

  const isUnsaved = wanted !== (address ?? '')
  useUnsaved(isUnsaved)

  async function check(): Promise<void> {
    setIsBusy(true)
    if (isUnsaved) await window.till.updates.setAddress({ address: wanted === '' ? null : wanted })
    const reply = wanted === '' ? null : await window.till.updates.check({})
    setFault(reply?.ok && !reply.value.ok ? reply.value.error.code : null)
    setIsBusy(false)
  }

  return (
    <>
      <p>{t('updates.text', { version: snapshot.runtime.version })}</p>
      <TextField
        className={forms['field'] ?? ''}
        value={text}
        onChange={setTyped}
        isInvalid={!isRight}
        maxLength={500}
        type="url"
      >
        <Label className={forms['label'] ?? ''}>{t('updates.address')}</Label>
        <Input className={forms['input'] ?? ''} data-testid="update-address" />
        <Text slot="description" className={forms['hint'] ?? ''}>
          {t(
            `updates.${isRight ? (isUnsaved ? 'addressUnsaved' : 'addressHint') : 'addressWrong'}`,
          )}
        </Text>
      </TextField>
      {!isBusy && fault !== null && (
        <p className={forms['fault']} role="alert" data-testid="update-fault" data-code={fault}>
          {t(`updates.fault.${fault}`)}
        </p>
      )}
      {fault === null && found !== null && address !== null && (
        <output className={styles['found']} data-testid="update-found">
          <strong>{t('updates.found', { version: found.version, address })}</strong>
          <span className={styles['notes']}>{found.notes}</span>
        </output>
      )}
      {fault === null && found === null && checkedAt !== null && (
        <output className={styles['saved']} data-testid="update-none">
          {t('updates.newest')}
        </output>
      )}
      <div className={styles['row']}>
        <Button
          className={buttons['quiet'] ?? ''}
          isDisabled={!isRight || isBusy || (wanted === '' && address === null)}
          data-testid="update-check"
          onPress={() => void check()}
        >
          {t(wanted === '' && address !== null ? 'updates.turnOff' : 'updates.check')}
        </Button>
      </div>
      <UpdateInstall snapshot={snapshot} />
    </>
  )
}
