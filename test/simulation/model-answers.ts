import { z } from 'zod'
import type { Answered } from '../../main/redemption/gateway.ts'
import type { SettingsFault } from './plan/faults.ts'

type ServerFault = Exclude<SettingsFault, 'keychain-locked' | 'credentials-missing'>

interface ErrorRow {
  readonly status: number
  readonly code: string
  readonly message: string
}

interface BareRow {
  readonly status: number
  readonly code?: never
}

/**
 * What WeChat Pay replies to wrong settings; without a code where the error has no body. From docs/wechat-pay.md and
 * field reports.
 */
const settingsRows: Readonly<Record<ServerFault, ErrorRow | BareRow>> = {
  'sign-error': { status: 401, code: 'SIGN_ERROR', message: '错误的签名，验签失败' },
  'no-auth': { status: 403, code: 'NO_AUTH', message: '没有权限' },
  'appid-not-bound': { status: 400, code: 'APPID_MCHID_NOT_MATCH', message: '商户号与AppID不匹配' },
  'merchant-unknown': { status: 400, code: 'MCH_NOT_EXISTS', message: '商户号不存在' },
  'address-not-allowed': {
    status: 400,
    code: 'INVALID_REQUEST',
    message: '此IP地址不允许调用该接口',
  },
  'appid-in-message': {
    status: 400,
    code: 'PARAM_ERROR',
    message: '输入源“/body/appid”映射到字段“公众账号ID”字符串规则校验失败，字符串长度非法',
  },
  'sub-merchant': { status: 403, code: 'RULE_LIMIT', message: '商户与子商户不是受理关系' },
  'header-missing': {
    status: 400,
    code: 'PARAM_ERROR',
    message: 'Http头缺少Accept或User-Agent',
  },
  'path-404': { status: 404 },
  'path-405': { status: 405 },
  'bare-401': { status: 401 },
}

export const clockRow: ErrorRow = {
  status: 401,
  code: 'SIGN_ERROR',
  message: 'Http头Authorization中的timestamp与发起请求的时间不得超过5分钟',
}

/** Returns the reply to a wrong setting; `null` for settings that prevent sending. */
export function settingsAnswer(fault: SettingsFault, style: Style): Answered | null {
  if (fault === 'keychain-locked' || fault === 'credentials-missing') return null
  const row = settingsRows[fault]
  return row.code !== undefined ? errorAnswer(row, style) : bareAnswer(row.status)
}

/** Whether a reply is about the settings: WeChat Pay did not look at the coupon then. */
export function isAboutSettings(body: unknown): boolean {
  const error = ErrorBody.safeParse(body)
  if (!error.success) return false
  const { code, message } = error.data
  return [...Object.values(settingsRows), clockRow].some(
    (row) => row.code !== undefined && plain(row.code) === plain(code) && row.message === message,
  )
}

/** How errors are spelled and whether they are signed; both are open questions. */
export interface Style {
  readonly underscored: boolean
  readonly errorsSigned: boolean
}

export function errorAnswer({ status, code, message }: ErrorRow, style: Style): Answered {
  const spelled = /^(NO_AUTH|RULE_LIMIT)$/.test(code) && !style.underscored ? plain(code) : code
  const reply = answered(status, { code: spelled, message })
  return style.errorsSigned ? reply : { ...reply, verified: false, carriesSignature: false }
}

/** An error of a server on the way to WeChat Pay: no body and no signature. */
export function bareAnswer(status: number): Answered {
  return { ...answered(status, null), verified: false, carriesSignature: false }
}

/** A reply with a valid signature. */
export function answered(status: number, body: unknown): Answered {
  return {
    kind: 'answered',
    status,
    verified: true,
    carriesSignature: true,
    signedWith: null,
    unproven: null,
    body,
    requestId: 'simulated-0',
    retryAfterMs: null,
    mayHaveArrivedBefore: false,
  }
}

const ErrorBody = z.object({ code: z.string(), message: z.string() })

export function errorCodeOf({ status, body }: Answered): string {
  const error = ErrorBody.safeParse(body)
  return error.success ? error.data.code : `bare ${status}`
}

function plain(code: string): string {
  return code.replaceAll('_', '')
}
