import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { RequestName } from '../../main/contract/api.ts'
import { mayDo } from '../../main/contract/permission.ts'
import type { Session } from '../../main/contract/staff.ts'
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
    () => session.staff.filter(({ role }) => asked !== null && mayDo(role, asked.of.permission)),
    [session, asked],
  )
  return (
    <Approval value={approve}>
      {children}
      {asked && <ApprovalDialog of={asked.of} approvers={approvers} onAnswer={asked.answer} />}
    </Approval>
  )
}
