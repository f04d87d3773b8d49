import type { Answered } from '../../main/redemption/gateway.ts'
import { answered, bareAnswer, errorAnswer, settingsAnswer, type Style } from './model-answers.ts'
import type { CouponTrouble } from './plan/faults.ts'

/**
 * Returns what WeChat Pay replies for this coupon for ever; `null` where it is redeemed and only the reply is at fault.
 */
export function troubleAnswer(trouble: CouponTrouble, style: Style): Answered | null {
  switch (trouble) {
    case 'system-error':
      return errorAnswer({ status: 500, code: 'SYSTEM_ERROR', message: '系统错误' }, style)
    case 'accepted-202':
      return answered(202, {})
    case 'param-error':
      return errorAnswer({ status: 400, code: 'PARAM_ERROR', message: '参数错误' }, style)
    case 'rate-limit':
      return errorAnswer({ status: 429, code: 'FREQUENCY_LIMITED', message: '频率超限' }, style)
    case 'no-auth':
    case 'appid-not-bound':
    case 'sub-merchant':
    case 'path-404':
    case 'path-405':
    case 'bare-401':
      return settingsAnswer(trouble, style)
    case 'bad-gateway':
      return bareAnswer(502)
    case 'proxy-page':
      return bareAnswer(403)
    case 'never-verified':
    case 'never-signed':
    case 'reply-lost':
    case 'request-lost':
      return null
  }
}
