import { useState } from 'react'
import { Button, Input, Label, Radio, RadioGroup, TextField } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Role } from '../../../main/contract/permission.ts'
import { roles } from '../../../main/contract/roles.ts'
import type { StaffFault, StaffView } from '../../../main/contract/staff.ts'
import buttons from '../../components/buttons.module.css'
import { Dialog, DialogButtons } from '../../components/dialog.tsx'
import { focusOnMount } from '../../components/focus-on-mount.ts'
import forms from '../../components/forms.module.css'
import { NewPin, useNewPin } from '../../components/new-pin.tsx'

interface StaffFormProps {
  /** `null`: the form adds a new member. */
  readonly member: StaffView | null
  /** Whether this is the first member, who must be able to add the others. */
  readonly isFirst: boolean
  readonly onClose: () => void
}

export function StaffForm({ member, isFirst, onClose }: StaffFormProps) {
  const { t } = useTranslation(['staff', 'shell'])
  const [name, setName] = useState(member?.name ?? '')
  const [role, setRole] = useState<Role>(member?.role ?? (isFirst ? 'owner' : 'cashier'))
  const newPin = useNewPin()
  const { pin } = newPin
  const [fault, setFault] = useState<StaffFault['code'] | 'failed' | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const [isLeaving, setIsLeaving] = useState(false)
  const isPinGood = newPin.isGood || (member !== null && pin === '' && newPin.isRepeated)
  const isReady = name.trim() !== '' && isPinGood && !isBusy

  async function save(): Promise<void> {
    if (!isReady) return
    setIsBusy(true)
    const form = { id: member?.id ?? null, name: name.trim(), role, pin: pin === '' ? null : pin }
    const reply = await window.till.staff.save(form)
    finish(reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed')
  }

  async function remove(id: string): Promise<void> {
    setIsBusy(true)
    const reply = await window.till.staff.remove({ id })
    finish(reply.ok ? (reply.value.ok ? null : reply.value.error.code) : 'failed')
  }

  function finish(wrong: typeof fault): void {
    setIsBusy(false)
    setFault(wrong)
    if (wrong === null) onClose()
  }

  return (
    <Dialog title={t(member ? 'editTitle' : 'addTitle')} onClose={onClose} testId="staff-form">
      <TextField className={forms['field'] ?? ''} value={name} onChange={setName} maxLength={20}>
        <Label className={forms['label'] ?? ''}>{t('name')}</Label>
        <Input
          className={forms['input'] ?? ''}
          data-testid="staff-name"
          ref={member === null ? focusOnMount : null}
        />
      </TextField>
      <RadioGroup
        className={forms['field'] ?? ''}
        value={role}
        isDisabled={isFirst}
        onChange={(next) => setRole(roles.find((each) => each === next) ?? role)}
      >
        <Label className={forms['label'] ?? ''}>{t('role')}</Label>
        <div className={forms['choices']}>
          {roles.map((each) => (
            <Radio key={each} value={each} className={forms['choice'] ?? ''}>
              {t(`shell:role.${each}`)}
            </Radio>
          ))}
        </div>
        {isFirst && <p className={forms['hint']}>{t('firstHint')}</p>}
      </RadioGroup>
      <NewPin
        newPin={newPin}
        label={t('pin')}
        hint={t(member ? 'pinKeepHint' : 'pinHint')}
        invalid={fault === 'pin-too-easy'}
        onSubmit={() => void save()}
      />
      {fault && (
        <p className={forms['fault']} role="alert" data-testid="staff-fault" data-code={fault}>
          {t(`fault.${fault}`)}
        </p>
      )}
      <DialogButtons>
        {member && (
          <Button
            className={buttons['danger'] ?? ''}
            isDisabled={isBusy}
            data-testid="staff-remove"
            onPress={() => setIsLeaving(true)}
          >
            {t('remove')}
          </Button>
        )}
        <Button className={buttons['quiet'] ?? ''} onPress={onClose}>
          {t('cancel')}
        </Button>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!isReady}
          data-testid="staff-save"
          onPress={() => void save()}
        >
          {t('save')}
        </Button>
      </DialogButtons>
      {member && isLeaving && (
        <RemoveQuestion
          name={member.name}
          onClose={() => setIsLeaving(false)}
          onRemove={() => {
            setIsLeaving(false)
            void remove(member.id)
          }}
        />
      )}
    </Dialog>
  )
}

interface RemoveQuestionProps {
  readonly name: string
  readonly onClose: () => void
  readonly onRemove: () => void
}

/** Asks before somebody is removed, which cannot be undone; Enter keeps them. */
function RemoveQuestion({ name, onClose, onRemove }: RemoveQuestionProps) {
  const { t } = useTranslation('staff')
  return (
    <Dialog title={t('removal.title', { name })} onClose={onClose} testId="staff-remove-question">
      <p>{t('removal.text', { name })}</p>
      <DialogButtons>
        <Button
          className={buttons['danger'] ?? ''}
          data-testid="staff-remove-confirm"
          onPress={onRemove}
        >
          {t('removal.submit', { name })}
        </Button>
        <Button className={buttons['primary'] ?? ''} onPress={onClose}>
          {t('cancel')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
