import type { HistoryDetail } from '../../../main/contract/history.ts'
import type { Language } from '../../../main/contract/snapshot.ts'
import { formatDateTime } from '../../format/time.ts'

/** What support asks for, as plain text: of the code only its end. */
export function supportText({ redemption, life }: HistoryDetail, language: Language): string {
  const { useRequestNo, codeTail, state, reason, attempts, stock } = redemption
  const head = [
    `use_request_no: ${useRequestNo}`,
    `code: …${codeTail}`,
    `state: ${state}${reason === null ? '' : ` (${reason})`}`,
    `stock: ${stock?.stockId ?? '?'}`,
    `attempts: ${attempts}`,
  ]
  const steps = life.map(({ at, event, by, why, code, message, status, requestId }) =>
    [formatDateTime(at, language), event, status, code, message, requestId, by, why]
      .filter((part) => part !== null)
      .join(' | '),
  )
  return [...head, ...steps].join('\n')
}
