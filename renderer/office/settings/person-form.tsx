import { useState } from 'react'
import { Button, Input, Label, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { OfficePerson, OfficePersonFault } from '../../../main/contract/office-people.ts'
import { type OfficeRole, officeRoles } from '../../../main/contract/office-roles.ts'
import buttons from '../../components/buttons.module.css'
import { Choice } from '../../components/choice.tsx'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { focusOnMount } from '../../components/focus-on-mount.ts'
import forms from '../../components/forms.module.css'
import { NewPin, useNewPin } from '../../components/new-pin.tsx'

interface PersonFormProps {
  /** `null` adds somebody. */
  readonly person: OfficePerson | null
  readonly onClose: () => void
}

export function PersonForm({ person, onClose }: PersonFormProps) {
  const { t } = useTranslation('office')
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState<OfficeRole>(person?.role ?? 'viewer')
  const newPin = useNewPin()
  const [isLeaving, setIsLeaving] = useState(false)
  const [fault, setFault] = useState<OfficePersonFault['code'] | 'failed' | null>(null)
  const isPinGood = newPin.isGood || (person !== null && newPin.pin === '' && newPin.isRepeated)
  const isReady = name.trim() !== '' && isPinGood

  async function save(): Promise<void> {
    if (!isReady) return
    const reply = await window.office.people.save({
      id: person?.id ?? null,
      name: name.trim(),
      role,
      pin: newPin.pin === '' ? null : newPin.pin,
    })
    finish(reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed')
  }

  async function remove(id: string): Promise<void> {
    setIsLeaving(false)
    const reply = await window.office.people.remove({ id })
    finish(reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed')
  }

  function finish(wrong: typeof fault): void {
    setFault(wrong)
    if (wrong === null) onClose()
  }

  return (
    <Dialog
      title={t(person === null ? 'people.addTitle' : 'people.editTitle')}
      onClose={onClose}
      testId="person-form"
    >
      <TextField className={forms['field'] ?? ''} value={name} onChange={setName} maxLength={20}>
        <Label className={forms['label'] ?? ''}>{t('people.name')}</Label>
        <Input
          className={forms['input'] ?? ''}
          data-testid="person-name"
          ref={person === null ? focusOnMount : null}
        />
      </TextField>
      <Choice
        label={t('people.role')}
        value={role}
        options={officeRoles.map((each) => ({
          value: each,
          label: t(`people.roles.${each}`),
          hint: t(`people.may.${each}`),
        }))}
        onChange={setRole}
      />
      <NewPin
        newPin={newPin}
        label={t('people.pin')}
        {...(person !== null && { hint: t('people.pinKeep') })}
        invalid={fault === 'pin-too-easy'}
        onSubmit={() => void save()}
      />
      {fault && (
        <p className={forms['fault']} role="alert" data-testid="person-fault">
          {t(`people.fault.${fault}`)}
        </p>
      )}
      <DialogButtons>
        {person !== null && (
          <Button
            className={buttons['danger'] ?? ''}
            data-testid="person-remove"
            onPress={() => setIsLeaving(true)}
          >
            {t('people.remove')}
          </Button>
        )}
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady}
          data-testid="person-save"
          onPress={() => void save()}
        >
          {t('save')}
        </Button>
      </DialogButtons>
      {person !== null && isLeaving && (
        <Dialog
          title={t('people.removal.title', { name: person.name })}
          onClose={() => setIsLeaving(false)}
          testId="person-remove-question"
        >
          <p>{t('people.removal.text', { name: person.name })}</p>
          <DialogButtons>
            <Button
              className={buttons['danger'] ?? ''}
              data-testid="person-remove-confirm"
              onPress={() => void remove(person.id)}
            >
              {t('people.removal.submit', { name: person.name })}
            </Button>
            <Button className={buttons['primary'] ?? ''} onPress={() => setIsLeaving(false)}>
              {t('cancel')}
            </Button>
          </DialogButtons>
        </Dialog>
      )}
    </Dialog>
  )
}
