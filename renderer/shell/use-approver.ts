import { useState } from 'react'
import type { RequestInput, RequestName } from '../../main/contract/api.ts'
import type { StaffView } from '../../main/contract/staff.ts'
import { isWholePin } from '../components/pin-entry.tsx'
import { usePersonKeys } from '../components/use-person-keys.ts'
import { usePin } from './use-pin.ts'

interface Approver {
  readonly chosen: string | null
  readonly choose: (id: string) => void
  readonly fault: string | null
  /** What is typed as their PIN. */
  readonly pin: string
  readonly type: (pin: string) => void
  /** Somebody is chosen, and as many digits are typed as a PIN has. */
  readonly isReady: boolean
  /** Resolves to true when the chosen person may approve this request, and what is typed is their PIN. */
  readonly approve: <N extends RequestName>(request: N, input: RequestInput<N>) => Promise<boolean>
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

/** Asks one of these people for their PIN. */
export function useApprover(approvers: readonly StaffView[]): Approver {
  const [chosen, setChosen] = useState(likeliest(approvers))
  const [typed, setTyped] = useState('')
  const pin = usePin()
  const choose = (id: string): void => {
    if (id === chosen) return
    setChosen(id)
    setTyped('')
    pin.forget()
  }
  usePersonKeys(approvers, chosen, choose)
  return {
    chosen,
    choose,
    fault: pin.fault,
    pin: typed,
    type: setTyped,
    isReady: chosen !== null && isWholePin(typed) && !pin.isBusy,
    async approve(request, input) {
      if (chosen === null) return false
      setTyped('')
      const isRight = await pin.run(
        window.till.session.approve({ id: chosen, pin: typed, request, input }),
      )
      if (isRight) lastApprover = chosen
      return isRight
    },
  }
}
