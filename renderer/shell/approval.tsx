import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestName } from '../../main/contract/api.ts'
import type { Permission } from '../../main/contract/permission.ts'
import { mayDo, practisedPermissions } from '../../main/contract/roles.ts'
import type { PracticeSupervisor, Session, StaffView } from '../../main/contract/staff.ts'
import { ApprovalDialog } from './approval-dialog.tsx'
import { may } from './permissions.ts'
import type { ToApprove } from './to-approve.ts'

type Approve = <N extends RequestName>(of: ToApprove<N>) => Promise<boolean>

interface ApprovalContext {
  readonly approve: Approve
  readonly session: Session | null
}

const Approval = createContext<ApprovalContext>({
  approve: () => Promise.resolve(true),
  session: null,
})

/**
 * Obtains the approval that one request needs: nothing is asked where the person signed in may do it themselves,
 * otherwise the PIN of somebody who may. Resolves to false when that was not given.
 */
export function useApproval(): Approve {
  return useContext(Approval).approve
}

interface Approvers {
  /** False where the person signed in may do it themselves. */
  readonly needed: boolean
  readonly approvers: readonly StaffView[]
  readonly practice: PracticeSupervisor | null
}

/** Returns whose PIN is needed for what has this permission. */
export function useApprovers(permission: Permission): Approvers {
  const { t } = useTranslation('shell')
  const { session } = useContext(Approval)
  if (session === null || may(session, permission))
    return { needed: false, approvers: [], practice: null }
  return {
    needed: true,
    approvers: approversOf(session, permission, t('approval.practiceName')),
    practice: session.practice,
  }
}

interface Asked {
  readonly of: ToApprove<RequestName>
  readonly answer: (isGiven: boolean) => void
}

interface ApprovalProviderProps {
  readonly session: Session
  /** Which screen and dialog are in front. What was asked on another one is no longer. */
  readonly at: string
  readonly children: ReactNode
}

export function ApprovalProvider({ session, at, children }: ApprovalProviderProps) {
  const { t } = useTranslation('shell')
  const [asked, setAsked] = useState<Asked | null>(null)
  const latest = useRef(asked)
  useEffect(() => {
    latest.current = asked
  })
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- its change is what ends the question
  useEffect(() => () => latest.current?.answer(false), [at])
  const approve = useCallback<Approve>(
    (of) => {
      if (may(session, of.permission)) return Promise.resolve(true)
      return new Promise((resolve) => {
        const question: Asked = {
          of,
          answer(isGiven) {
            // A later question stays open.
            setAsked((current) => (current === question ? null : current))
            resolve(isGiven)
          },
        }
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
  const context = useMemo(() => ({ approve, session }), [approve, session])
  return (
    <Approval value={context}>
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
