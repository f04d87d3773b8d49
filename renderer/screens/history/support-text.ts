import type { HistoryDetail } from '../../../main/contract/history.ts'
import type { Language } from '../../../main/contract/language.ts'
import { formatDateTime } from '../../format/time.ts'

/** Returns what WeChat Pay's support asks for, as plain text, with only the last characters of the code. */
export function supportText(
  { redemption, timeline, returnRequestNo }: HistoryDetail,
  language: Language,
): string {
  const { useRequestNo, codeTail, state, reason, attempts, stockId, returnRefused } = redemption
  const head = [
    `use_request_no: ${useRequestNo}`,
    `code: …${codeTail}`,
    `state: ${state}${reason === null ? '' : ` (${reason})`}`,
    `stock: ${stockId ?? '?'}`,
    ...(returnRequestNo === null ? [] : [`return_request_no: ${returnRequestNo}`]),
    ...(returnRefused == null ? [] : [`return: ${returnRefused}`]),
    `attempts: ${attempts}`,
  ]
  const steps = timeline.map((step) => {
    const { at, event, status, code, message, detail, requestId, by, how, why } = step
    const { couponState, heldBy, returnedBy, remark } = step
    const said = [status, code, message, detail, requestId]
    const asked = [couponState, heldBy, returnedBy]
    return [formatDateTime(at, language), event, ...said, ...asked, by, how, why, remark]
      .filter((part) => part !== null && part !== '')
      .join(' | ')
  })
  return [...head, ...steps].join('\n')
}
