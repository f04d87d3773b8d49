import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Result } from '../../main/contract/result.ts'
import type { PinFault } from '../../main/contract/staff.ts'
import type { RequestError } from '../../main/contract/requests.ts'

/** What was typed to show who it is. */
type Secret = 'pin' | 'recovery-code'

const minuteMs = 60_000

type Answer<T> = Result<Result<T, PinFault>, RequestError>

interface PinCheck {
  readonly isBusy: boolean
  readonly fault: string | null
  readonly forget: () => void
  /** Resolves to true when the PIN, or the recovery code, was right. */
  readonly run: (answer: Promise<Answer<unknown>>, of?: Secret) => Promise<boolean>
}

/** Waits for one PIN check at a time, and holds in words what was wrong. */
export function usePin(): PinCheck {
  const { t } = useTranslation('shell')
  const [state, setState] = useState<{ isBusy: boolean; fault: string | null }>({
    isBusy: false,
    fault: null,
  })

  return {
    isBusy: state.isBusy,
    fault: state.fault,
    forget: () => setState({ isBusy: false, fault: null }),
    async run(answer, of = 'pin') {
      setState({ isBusy: true, fault: null })
      const reply = await answer
      const isRight = reply.ok && reply.value.ok
      const fault = reply.ok ? (reply.value.ok ? null : reply.value.error) : 'failed'
      setState({ isBusy: false, fault: fault && pinFaultText(fault, of, t) })
      return isRight
    },
  }
}

/** What was wrong, in words of `shell.json`. */
export function pinFaultText(
  fault: PinFault | 'failed',
  of: Secret,
  t: TFunction<'shell'>,
): string {
  if (fault === 'failed') return t('pin.failed')
  switch (fault.code) {
    case 'wrong-pin':
      return t(of === 'pin' ? 'pin.wrong' : 'pin.wrongCode', { count: fault.triesLeft })
    case 'wrong-practice-pin':
      return t('pin.wrongPractice')
    case 'locked-out':
      return t('pin.lockedOut', { count: Math.ceil(fault.waitMs / minuteMs) })
    case 'reopened':
      return t('pin.reopened')
    // A code that has not the form of one, or a till that has none, fits nobody.
    case 'not-found':
      return t(of === 'pin' ? 'pin.notFound' : 'pin.noSuchCode')
    case 'role-too-low':
      return t('pin.roleTooLow')
  }
}
