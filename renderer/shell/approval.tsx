import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { Permission } from '../../main/contract/permission.ts'
import { mayDo } from '../../main/contract/permission.ts'
import type { Session } from '../../main/contract/staff.ts'
import { ApprovalDialog } from './approval-dialog.tsx'
import { may } from './permissions.ts'

interface About {
  /** What is approved, shown beside the PIN. */
  readonly subject: ReactNode
  /** Withdraws the question when what it is about is gone or has changed. */
  readonly signal: AbortSignal
}

type Approve = (permission: Permission, about?: About) => Promise<boolean>

const Approval = createContext<Approve>(() => Promise.resolve(true))

/**
 * Obtains the approval that the next request needs: nothing is asked where the person signed in may do it themselves,
 * otherwise the PIN of somebody who may. Resolves to false when that was not given, or when the question was withdrawn.
 */
export function useApproval(): Approve {
  return useContext(Approval)
}

interface Asked {
  readonly permission: Permission
  readonly subject: ReactNode
  readonly answer: (isGiven: boolean) => void
}

interface ApprovalProviderProps {
  readonly session: Session
  readonly children: ReactNode
}

export function ApprovalProvider({ session, children }: ApprovalProviderProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const approve = useCallback<Approve>(
    (permission, about) => {
      if (may(session, permission)) return Promise.resolve(true)
      if (about?.signal.aborted) return Promise.resolve(false)
      return new Promise((resolve) => {
        const question: Asked = {
          permission,
          subject: about?.subject ?? null,
          answer(isGiven) {
            // A later question stays open.
            setAsked((current) => (current === question ? null : current))
            resolve(isGiven)
          },
        }
        about?.signal.addEventListener('abort', () => question.answer(false))
        setAsked(question)
      })
    },
    [session],
  )
  const approvers = useMemo(
    () => session.staff.filter(({ role }) => asked !== null && mayDo(role, asked.permission)),
    [session, asked],
  )
  return (
    <Approval value={approve}>
      {children}
      {asked && (
        <ApprovalDialog
          permission={asked.permission}
          subject={asked.subject}
          approvers={approvers}
          onAnswer={asked.answer}
        />
      )}
    </Approval>
  )
}
