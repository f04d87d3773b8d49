import { z } from 'zod'

/** The error body of API v3: `{code, message, detail?}`. */
export interface ApiError {
  readonly code: string
  readonly message: string
  /** `detail` as received, as JSON, for a person to read; `null` when there is none. */
  readonly detail: string | null
  /** The field that the error is about, such as `appid`, deeper ones with a slash; `null` when none is named. */
  readonly field: string | null
  /** Whether the field is one of the request's headers. */
  readonly isInHeader: boolean
}

const ErrorBody = z.looseObject({
  code: z.string().min(1),
  message: z.string().nullish(),
  // In live SIGN_ERROR replies the shape differs from the documented one (minibear2021/wechatpayv3#56).
  detail: z.unknown().optional(),
})

export const maxDetailLength = 2000
/** Deeper than any detail seen so far. */
const maxDetailDepth = 4

/** Reads WeChat Pay's error body. Returns `null` for anything else: a proxy's page, a cut reply, another server's JSON. */
export function readApiError(body: unknown): ApiError | null {
  const parsed = ErrorBody.safeParse(body)
  if (!parsed.success) return null
  const { code, detail } = parsed.data
  const message = parsed.data.message ?? ''
  const named = findText(detail, /^(field|pointer|param|parameter)$/i) ?? pointerIn(message)
  const pointer = named === null ? null : readPointer(named)
  const location = findText(detail, /^location$/i) ?? ''
  return {
    code,
    message,
    detail: detail == null ? null : JSON.stringify(detail).slice(0, maxDetailLength),
    field: pointer?.field ?? null,
    isInHeader: pointer?.isInHeader === true || /header/i.test(location),
  }
}

interface Pointer {
  readonly field: string
  readonly isInHeader: boolean
}

/** `/body/appid`, `/appid` and `appid` are one field; `/header/Wechatpay-Serial` is a header line. */
function readPointer(text: string): Pointer | null {
  const [, place = '', field = ''] =
    /^\/*(?:(body|headers?|query|path)\/)?([\w.-]+(?:\/[\w.-]+)*)$/i.exec(text.trim()) ?? []
  return field === '' ? null : { field, isInHeader: /^header/i.test(place) }
}

/** Live replies name the field in the message alone: 输入源“/body/appid”映射到值字段“商户appid”字符串规则校验失败. */
function pointerIn(message: string): string | null {
  const [, named, bare] =
    /输入源\s*["“”'‘’「『]?\s*(\/?[\w./-]+)|(?:^|[^\w/.:-])(\/(?:body|headers?|query|path)\/[\w./-]+)/i.exec(
      message,
    ) ?? []
  return named ?? bare ?? null
}

/** Returns the first text under a key that matches, at any depth; `null` when there is none. */
function findText(value: unknown, key: RegExp, depth = 0): string | null {
  if (typeof value === 'string' && depth < maxDetailDepth)
    return findText(jsonIn(value), key, depth + 1)
  if (typeof value !== 'object' || value === null || depth > maxDetailDepth) return null
  const entries = Object.entries(value)
  for (const [name, text] of entries) if (key.test(name) && typeof text === 'string') return text
  for (const [, inner] of entries) {
    const found = typeof inner === 'object' ? findText(inner, key, depth + 1) : null
    if (found !== null) return found
  }
  return null
}

/** Parses JSON within a text; `null` when it is none. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Plain words, which name no field.
    return null
  }
}
