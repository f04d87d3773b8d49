import type { ReasonOf } from '../contract/reason.ts'
import type { ApiError } from './api-error.ts'

/**
 * What the message of an error is about. The code does not tell: one INVALID_REQUEST is about a coupon's state, the next
 * about the shop's network address. (docs/wechat-pay.md, "What an error is about")
 *
 * - a reason of the family `blocked`: certainly the settings, and which of them;
 * - `coupon`: certainly the coupon in hand;
 * - `other`: not the coupon, and not certainly the settings either;
 * - `unclear`: a message that this till does not understand;
 * - `nothing`: no message.
 */
export type Subject = ReasonOf<'blocked'> | Vague
type Vague = (typeof vague)[number]
const vague = ['coupon', 'other', 'unclear', 'nothing'] as const

/** Whether the message names none of the settings. */
export function isVague(subject: Subject): subject is Vague {
  return vague.some((name) => name === subject)
}

type Settings = readonly [RegExp, ReasonOf<'blocked'>]

/** The fields of a request that are the same for every coupon. */
const fields: readonly Settings[] = [
  [/^(sub_|sp_)?appid$/i, 'appid-not-bound'],
  [/^(sub_|sp_|belong_)?(mch_?id|merchant_?id)$/i, 'merchant-unknown'],
  [/^wechatpay-serial$/i, 'wechatpay-key-wrong'],
]

/** The first pattern that fits decides. */
const settings: readonly Settings[] = [
  [
    /\bIP\b.*(不允许|不在|不被|未在|未加|白名单|限制|禁止|拒绝|无权|非法|allow|white)/i,
    'address-not-allowed',
  ],
  [/(白名单|whitelist|allow-?list).*\bIP\b/i, 'address-not-allowed'],
  [/wechatpay-serial|平台证书|微信支付公钥/i, 'wechatpay-key-wrong'],
  [/timestamp|时间戳/i, 'clock-wrong'],
  [/签名|验签|\bsign(ature)?\b/i, 'signature-rejected'],
  [
    /https?\s*头|请求头|报文头|\bheaders?\b|user-agent|content-type|\baccept\b/i,
    'headers-rejected',
  ],
  [/受理关系|受理商户|子商户|特约商户|二级商户|\bsub_?mch/i, 'merchant-relation'],
  [
    /(appid|公众账?号\s*id|应用\s*id).*(不匹配|不存在|不合法|不正确|未绑定|没有绑定|无关联|无效|错误|必填|为空|not|invalid|mismatch)/i,
    'appid-not-bound',
  ],
  [/(不匹配|未绑定|无效的?|错误的?|非法的?|invalid).*appid/i, 'appid-not-bound'],
  [/(商户号?|账户|账号).*(冻结|停用|注销|受限|被限制|封禁|异常|关闭)/, 'merchant-restricted'],
  [/(商户号|mch_?id).*(不存在|不正确|不合法|无效|错误|invalid)/i, 'merchant-unknown'],
  [
    /(商户号?|产品|接口|api|应用)[^券]*(权限|未开通|没有开通|未授权|无权)|权限(未开通|不足)/i,
    'no-permission',
  ],
]

/** The message is about something other than a coupon. */
const doubts =
  /商户|商家号|服务商|appid|mch_?id|openid.*appid|接口|权限|授权|\bIP\b|\bAPI\b|网络|域名|证书|密钥/i
/** A coupon, its code, its state or its validity. Not 发券 and 批次: those are about the batch, the same for every coupon. */
const coupons =
  /(?<!发)券|coupon|有效期|已?过期|未生效|未到.*时间|可用(时间|时段|日期)|核销(时间|时段)|已(被)?(使用|核销|领取|删除|失效|冻结|退回)/i
const batches = /发券模式|批次|stock/i

/** Returns what an error is about, by the field it names and then by its message. */
export function subjectOf(error: ApiError): Subject {
  const { field, isInHeader } = error
  if (field !== null) {
    for (const [pattern, reason] of fields) if (pattern.test(field)) return reason
    if (isInHeader) return 'headers-rejected'
    if (field === 'coupon_code') return 'coupon'
  }
  const words = wordsOf(error)
  if (words === '') return field === null ? 'nothing' : 'other'
  for (const [pattern, reason] of settings) {
    if (!pattern.test(words)) continue
    // "No permission for this coupon" may be true of that coupon alone.
    return reason === 'no-permission' && coupons.test(words) ? 'other' : reason
  }
  if (field !== null || doubts.test(words) || batches.test(words)) return 'other'
  return coupons.test(words) ? 'coupon' : 'unclear'
}

/** Whether the message says that the coupon was used, whatever the error code. */
export function saysUsed({ message }: ApiError): boolean {
  return /(?<!不是|非|未)已(经)?被?(其[他它]订单)?(使用|核销)(?!的?时间|期)/.test(message)
}

const longestClass = 80

/** Returns a text that is equal for errors that say the same: coupon codes and numbers are left out of it. */
export function classOf(status: number, error: ApiError | null): string {
  if (error === null) return `${status} without WeChat Pay's error body`
  const words = error.message
    .replaceAll(/["“「『][^"”」』]*["”」』]/g, '')
    .replaceAll(/[\w-]*\d[\w-]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const code = error.code.replaceAll('_', '').toUpperCase()
  return `${status} ${code} ${error.field ?? ''} ${words.slice(0, longestClass)}`
}

/** Returns the message without addresses; empty when it only repeats the code. */
function wordsOf({ message, code }: ApiError): string {
  const words = message.replaceAll(/https?:\/\/\S+/g, ' ').trim()
  return words === code ? '' : words
}
