import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RequestName } from '../../main/contract/api.ts'
import type { StaffView } from '../../main/contract/staff.ts'
import buttons from '../components/buttons.module.css'
import { Dialog, DialogButtons } from '../components/dialog.tsx'
import { PersonChoice } from '../components/person-choice.tsx'
import { PinEntry } from '../components/pin-entry.tsx'
import { Shortcut } from '../components/shortcut.tsx'
import type { ToApprove } from './to-approve.ts'
import styles from './approval-dialog.module.css'
import { usePin } from './use-pin.ts'

interface ApprovalDialogProps {
  readonly of: Pick<ToApprove<RequestName>, 'permission' | 'request' | 'input' | 'subject'>
  readonly approvers: readonly StaffView[]
  readonly onAnswer: (isGiven: boolean) => void
}

/** Asks for a second person's PIN for one order. The audit row names both people. */
export function ApprovalDialog(props: ApprovalDialogProps) {
  const { of, approvers, onAnswer } = props
  const { request, input } = of
  const { t } = useTranslation('shell')
  const [chosen, setChosen] = useState(approvers[0]?.id ?? null)
  const pin = usePin()
  return (
    <Dialog
      title={t('approval.title', { what: t(`permission.${of.permission}`) })}
      onClose={() => onAnswer(false)}
      wide
      testId="approval"
    >
      {of.subject}
      <div className={styles['columns']}>
        <PersonChoice
          label={t('approval.who')}
          staff={approvers}
          chosen={chosen}
          onChoose={(id) => {
            setChosen(id)
            pin.forget()
          }}
        />
        {chosen !== null && (
          <PinEntry
            key={chosen}
            label={t('pin.label')}
            submitLabel={t('approval.submit')}
            fault={pin.fault}
            isBusy={pin.isBusy}
            onSubmit={(typed) => {
              void pin
                .run(window.till.session.approve({ id: chosen, pin: typed, request, input }))
                .then((isRight) => {
                  if (isRight) onAnswer(true)
                })
            }}
          />
        )}
      </div>
      <DialogButtons>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="approval-cancel"
          onPress={() => onAnswer(false)}
        >
          {t('reason.cancel')}
          <Shortcut keys="Esc" />
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
