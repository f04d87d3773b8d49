import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import type { Permission } from '../../main/contract/permission.ts'
import { mayDo } from '../../main/contract/permission.ts'
import type { Session } from '../../main/contract/staff.ts'
import { ApprovalDialog } from './approval-dialog.tsx'
import { may } from './permissions.ts'

type Approve = (permission: Permission) => Promise<boolean>

const Approval = createContext<Approve>(() => Promise.resolve(true))

/**
 * Asks for what the next request needs: nothing where the person who is signed in may do it, else the PIN of somebody
 * who may. Answers false when that was not given.
 */
export function useApproval(): Approve {
  return useContext(Approval)
}

interface Asked {
  readonly permission: Permission
  readonly answer: (isGiven: boolean) => void
}

interface ApprovalProviderProps {
  readonly session: Session
  readonly children: ReactNode
}

export function ApprovalProvider({ session, children }: ApprovalProviderProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const approve = useCallback<Approve>(
    (permission) =>
      may(session, permission)
        ? Promise.resolve(true)
        : new Promise((answer) => {
            setAsked({ permission, answer })
          }),
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
          approvers={approvers}
          onAnswer={(isGiven) => {
            setAsked(null)
            asked.answer(isGiven)
          }}
        />
      )}
    </Approval>
  )
}
