import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../main/contract/result.ts'
import type { PinFault } from '../../main/contract/staff.ts'
import type { RequestError } from '../../main/contract/requests.ts'

const minuteMs = 60_000

type Answer<T> = Result<Result<T, PinFault>, RequestError>

interface PinCheck {
  readonly isBusy: boolean
  readonly fault: string | null
  readonly forget: () => void
  /** Resolves to true when the PIN was right. */
  readonly run: (answer: Promise<Answer<unknown>>) => Promise<boolean>
}

/** Waits for one PIN check at a time, and holds in words what was wrong. */
export function usePin(): PinCheck {
  const { t } = useTranslation('shell')
  const [state, setState] = useState<{ isBusy: boolean; fault: PinFault | 'failed' | null }>({
    isBusy: false,
    fault: null,
  })

  function say(fault: PinFault | 'failed' | null): string | null {
    if (fault === null) return null
    if (fault === 'failed') return t('pin.failed')
    switch (fault.code) {
      case 'wrong-pin':
        return t('pin.wrong', { count: fault.triesLeft })
      case 'locked-out':
        return t('pin.lockedOut', { count: Math.ceil(fault.waitMs / minuteMs) })
      case 'reopened':
        return t('pin.reopened')
      case 'not-found':
        return t('pin.notFound')
      case 'role-too-low':
        return t('pin.roleTooLow')
    }
  }

  return {
    isBusy: state.isBusy,
    fault: say(state.fault),
    forget: () => setState({ isBusy: false, fault: null }),
    async run(answer) {
      setState({ isBusy: true, fault: null })
      const reply = await answer
      const isRight = reply.ok && reply.value.ok
      const fault = reply.ok ? (reply.value.ok ? null : reply.value.error) : 'failed'
      setState({ isBusy: false, fault })
      return isRight
    },
  }
}
