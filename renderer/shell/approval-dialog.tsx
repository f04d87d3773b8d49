import { Button } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { RequestName } from '../../main/contract/api.ts'
import type { PracticeSupervisor, StaffView } from '../../main/contract/staff.ts'
import buttons from '../components/buttons.module.css'
import { Dialog, DialogButtons } from '../components/dialog.tsx'
import { Shortcut } from '../components/shortcut.tsx'
import { ApproverEntry } from './approver-entry.tsx'
import type { ToApprove } from './to-approve.ts'
import { useApprover } from './use-approver.ts'

interface ApprovalDialogProps {
  readonly of: Pick<ToApprove<RequestName>, 'permission' | 'request' | 'input' | 'subject'>
  readonly approvers: readonly StaffView[]
  readonly practice: PracticeSupervisor | null
  readonly onAnswer: (isGiven: boolean) => void
}

/** Asks for a second person's PIN for one order. The audit row names both people. */
export function ApprovalDialog({ of, approvers, practice, onAnswer }: ApprovalDialogProps) {
  const { t } = useTranslation('shell')
  const { t: words } = useTranslation(['till', 'training', 'shift'])
  const approver = useApprover(approvers)
  const ask = async (): Promise<void> => {
    if (approver.isReady && (await approver.approve(of.request, of.input))) onAnswer(true)
  }
  return (
    <Dialog
      title={t('approval.title', { what: t(`permission.${of.permission}`) })}
      onClose={() => onAnswer(false)}
      wide
      testId="approval"
    >
      <p>{words(of.subject)}</p>
      <ApproverEntry {...{ approvers, practice, approver }} onPin={() => void ask()} />
      <DialogButtons>
        <Button
          className={buttons['quiet'] ?? ''}
          data-testid="approval-cancel"
          onPress={() => onAnswer(false)}
        >
          {t('reason.cancel')}
          <Shortcut keys="Esc" />
        </Button>
        <Button
          className={buttons['primary'] ?? ''}
          isDisabled={!approver.isReady}
          data-testid="approval-agree"
          onPress={() => void ask()}
        >
          {t('approval.submit')}
        </Button>
      </DialogButtons>
    </Dialog>
  )
}
