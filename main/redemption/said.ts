import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import type { ApiReply } from '../contract/snapshot.ts'
import type { Redemption } from './redemption.ts'

const Detail = z.looseObject({ field: z.string(), value: z.unknown().optional() })
const secretField = /coupon_?code|openid/i
const hidden = '…'
/** Of a code so many characters are no secret; a shorter one would be found everywhere. */
const readableTail = 4

/**
 * WeChat Pay's words as people may read and copy them. It quotes the field it complains of, and with it the coupon's
 * code or its owner's openid: of the code the end is left, of the openid nothing.
 */
export function withoutSecrets<S extends Pick<ApiReply, 'message' | 'detail'>>(
  said: S,
  redemption: Pick<Redemption, 'couponCode' | 'openid'>,
): S {
  const { message, detail } = said
  return {
    ...said,
    message: message === null ? null : hide(message, redemption),
    detail: detail === null ? null : hide(withoutValue(detail), redemption),
  }
}

/** A code that was erased here is known no more, and may still be quoted. */
function withoutValue(detail: string): string {
  // Cut to its longest length when it was stored, it is text like any other.
  const parsed = Detail.safeParse(parseJson(detail))
  if (!parsed.success || !secretField.test(parsed.data.field)) return detail
  return JSON.stringify({ ...parsed.data, value: hidden })
}

function hide(
  text: string,
  { couponCode, openid }: Pick<Redemption, 'couponCode' | 'openid'>,
): string {
  const tail = `${hidden}${couponCode.slice(-readableTail)}`
  const withoutCode = couponCode.length > readableTail ? replaceAll(text, couponCode, tail) : text
  return openid === null || openid === '' ? withoutCode : replaceAll(withoutCode, openid, hidden)
}

/** As it is, as part of an address, and as part of a JSON text. */
function replaceAll(text: string, secret: string, by: string): string {
  const forms = [
    secret,
    encodeURIComponent(secret.toWellFormed()),
    JSON.stringify(secret).slice(1, -1),
  ]
  return forms.reduce((hiding, form) => hiding.replaceAll(form, () => by), text)
}
