import { z } from 'zod'

/** The error body of API v3: `{code, message, detail?}`. */
export interface ApiError {
  readonly code: string
  readonly message: string
  /** `detail` as it came, in JSON, for a person to read. */
  readonly detail: string | null
  /** The field that `detail` names: a JSON pointer for the body, a plain name for the address. */
  readonly field: string | null
}

const ErrorBody = z.looseObject({
  code: z.string().min(1),
  message: z.string().nullish(),
  // In live SIGN_ERROR replies the shape differs from the documented one (minibear2021/wechatpayv3#56).
  detail: z.unknown().optional(),
})
const DetailWithField = z.looseObject({ field: z.string() })

const maxDetailLength = 2000

/** `null` when the body is not WeChat Pay's: a proxy's page, a cut reply, somebody else's JSON. */
export function readApiError(body: unknown): ApiError | null {
  const parsed = ErrorBody.safeParse(body)
  if (!parsed.success) return null
  const { code, message, detail } = parsed.data
  const field = DetailWithField.safeParse(detail)
  return {
    code,
    message: message ?? '',
    detail: detail == null ? null : JSON.stringify(detail).slice(0, maxDetailLength),
    field: field.success ? field.data.field : null,
  }
}
