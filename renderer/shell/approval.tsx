import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestName } from '../../main/contract/api.ts'
import { mayDo, type Permission, practisedPermissions } from '../../main/contract/permission.ts'
import type { Session, StaffView } from '../../main/contract/staff.ts'
import { ApprovalDialog } from './approval-dialog.tsx'
import { may } from './permissions.ts'
import type { ToApprove } from './to-approve.ts'

type Approve = <N extends RequestName>(of: ToApprove<N>) => Promise<boolean>

const Approval = createContext<Approve>(() => Promise.resolve(true))

/**
 * Obtains the approval that one request needs: nothing is asked where the person signed in may do it themselves,
 * otherwise the PIN of somebody who may. Resolves to false when that was not given, or when the question was withdrawn.
 */
export function useApproval(): Approve {
  return useContext(Approval)
}

interface Asked {
  readonly of: ToApprove<RequestName>
  readonly answer: (isGiven: boolean) => void
}

interface ApprovalProviderProps {
  readonly session: Session
  readonly children: ReactNode
}

export function ApprovalProvider({ session, children }: ApprovalProviderProps) {
  const { t } = useTranslation('shell')
  const [asked, setAsked] = useState<Asked | null>(null)
  const approve = useCallback<Approve>(
    (of) => {
      if (may(session, of.permission)) return Promise.resolve(true)
      if (of.signal?.aborted) return Promise.resolve(false)
      return new Promise((resolve) => {
        const question: Asked = {
          of,
          answer(isGiven) {
            // A later question stays open.
            setAsked((current) => (current === question ? null : current))
            resolve(isGiven)
          },
        }
        of.signal?.addEventListener('abort', () => question.answer(false))
        setAsked(question)
      })
    },
    [session],
  )
  const approvers = useMemo(
    () =>
      asked === null ? [] : approversOf(session, asked.of.permission, t('approval.practiceName')),
    [session, asked, t],
  )
  return (
    <Approval value={approve}>
      {children}
      {asked && (
        <ApprovalDialog
          of={asked.of}
          approvers={approvers}
          practice={session.practice}
          onAnswer={asked.answer}
        />
      )}
    </Approval>
  )
}

/** Returns who may approve something: in training the practice supervisor too. */
function approversOf(
  { staff, practice }: Session,
  permission: Permission,
  practiceName: string,
): readonly StaffView[] {
  const able = staff.filter(({ role }) => mayDo(role, permission))
  if (practice === null || !practisedPermissions.includes(permission)) return able
  return [...able, { id: practice.id, name: practiceName, role: 'supervisor' }]
}
