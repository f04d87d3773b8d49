import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RequestName } from '../../main/contract/api.ts'
import type { PracticeSupervisor, StaffView } from '../../main/contract/staff.ts'
import buttons from '../components/buttons.module.css'
import { Dialog, DialogButtons } from '../components/dialog.tsx'
import { PersonChoice } from '../components/person-choice.tsx'
import { usePersonKeys } from '../components/use-person-keys.ts'
import { PinEntry } from '../components/pin-entry.tsx'
import { Shortcut } from '../components/shortcut.tsx'
import type { ToApprove } from './to-approve.ts'
import styles from './approval-dialog.module.css'
import { usePin } from './use-pin.ts'

interface ApprovalDialogProps {
  readonly of: Pick<ToApprove<RequestName>, 'permission' | 'request' | 'input' | 'subject'>
  readonly approvers: readonly StaffView[]
  readonly practice: PracticeSupervisor | null
  readonly onAnswer: (isGiven: boolean) => void
}

/** Who approved last since the window was opened. */
let lastApprover: string | null = null

/**
 * Who approved last, or the only one who may. Otherwise nobody: a supervisor's PIN under the owner's name would lock the
 * owner out.
 */
function likeliest(approvers: readonly StaffView[]): string | null {
  const [only] = approvers.length === 1 ? approvers : []
  return (approvers.find(({ id }) => id === lastApprover) ?? only)?.id ?? null
}

/** Asks for a second person's PIN for one order. The audit row names both people. */
export function ApprovalDialog(props: ApprovalDialogProps) {
  const { of, approvers, practice, onAnswer } = props
  const { request, input } = of
  const { t } = useTranslation('shell')
  const [chosen, setChosen] = useState(likeliest(approvers))
  const pin = usePin()
  const choose = (id: string): void => {
    setChosen(id)
    pin.forget()
  }
  usePersonKeys(approvers, chosen, choose)
  return (
    <Dialog
      title={t('approval.title', { what: t(`permission.${of.permission}`) })}
      onClose={() => onAnswer(false)}
      wide
      testId="approval"
    >
      {of.subject}
      {practice !== null && approvers.some(({ id }) => id === practice.id) && (
        <p data-testid="practice-pin">
          {t('approval.practice', { name: t('approval.practiceName'), pin: practice.pin })}
        </p>
      )}
      <div className={styles['columns']}>
        <PersonChoice
          label={t('approval.who')}
          staff={approvers}
          chosen={chosen}
          onChoose={choose}
        />
        {chosen === null ? (
          <p className={styles['hint']}>{t('approval.hint')}</p>
        ) : (
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
                  if (!isRight) return
                  lastApprover = chosen
                  onAnswer(true)
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
