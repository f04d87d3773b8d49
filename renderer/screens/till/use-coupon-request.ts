import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestError } from '../../../main/contract/requests.ts'
import type { OrderFault } from '../../../main/contract/person-order-requests.ts'
import type { RedemptionView } from '../../../main/contract/redemption-view.ts'
import type { Result } from '../../../main/contract/result.ts'

type Reply = Result<Result<RedemptionView, OrderFault>, RequestError>
export type PendingReply = Promise<Reply>

/** Sends requests about a coupon, one at a time, and holds in words why the last one failed. */
export function useCouponRequest(): {
  readonly fault: string | null
  /** Resolves to why it failed, in words; `null` when it was carried out, or when another is under way. */
  readonly run: (request: () => PendingReply) => Promise<string | null>
} {
  const { t } = useTranslation('review')
  const [fault, setFault] = useState<string | null>(null)
  const isBusy = useRef(false)

  function faultOf(reply: Reply): string | null {
    if (!reply.ok) return t('fault.failed')
    return reply.value.ok ? null : t(`fault.${reply.value.error.code}`)
  }

  return {
    fault,
    async run(request) {
      if (isBusy.current) return null
      isBusy.current = true
      const found = faultOf(await request())
      isBusy.current = false
      setFault(found)
      return found
    },
  }
}
