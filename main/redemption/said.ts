import { z } from 'zod'
import { parseJson } from '../contract/json.ts'
import type { ApiReply } from '../contract/snapshot.ts'
import { maxDetailLength } from './api-error.ts'
import type { AuditEntry } from './audit-entry.ts'
import { hidden, mask, type Secret } from './mask.ts'
import type { Redemption } from './redemption.ts'

type Known = Pick<Redemption, 'couponCode' | 'openid' | 'body' | 'couponReturn'>

const Detail = z.looseObject({ field: z.string(), value: z.unknown().optional() })
const secretField = /coupon_?code|openid/i
/** A value beside the name of such a field, in JSON or in an address, however often its quotes are escaped. */
const quoted = /((?:coupon_?code|openid)[\\"'”“\s]*[:=][\\"'”“\s]*)([^\\"'”“\s,;&}\]]+)/gi

/** Of a code so many characters are no secret; a shorter one would be found everywhere. */
const readableTail = 4
const partOfCode = 8
/** More than any one field of a request but the code, so that the request's number stays for WeChat Pay's support. */
const partOfBody = 40

const longest = { apiCode: 64, apiMessage: 500, apiDetail: maxDetailLength, requestId: 128 }

/**
 * The audit entry as it is written. WeChat Pay's words quote what they complain of, and with it the coupon's code, its
 * owner's openid or the request: of the code the end is left, of the others nothing.
 */
export function masked(entry: AuditEntry, redemption: Known): AuditEntry {
  const { evidence } = entry
  if (evidence === null || !('apiMessage' in evidence)) return entry
  const { apiCode, apiMessage, apiDetail, requestId } = evidence
  const secrets = secretsOf(redemption)
  const hide = (text: string | null, limit: number): string | null =>
    // Cut twice: a text of megabytes is not looked through.
    text === null ? null : withoutQuoted(mask(text.slice(0, 2 * limit), secrets)).slice(0, limit)
  return {
    ...entry,
    evidence: {
      ...evidence,
      apiCode: hide(apiCode, longest.apiCode),
      apiMessage: hide(apiMessage, longest.apiMessage),
      apiDetail: hide(apiDetail === null ? null : withoutValue(apiDetail), longest.apiDetail),
      requestId: hide(requestId, longest.requestId),
    },
  }
}

/** The same for words that an earlier version wrote as they came, as people may read and copy them. */
export function withoutSecrets<S extends Pick<ApiReply, 'message' | 'detail'>>(
  said: S,
  redemption: Known,
): S {
  const { message, detail } = said
  const hide = (text: string): string => withoutQuoted(mask(text, secretsOf(redemption)))
  return {
    ...said,
    message: message === null ? null : hide(message),
    detail: detail === null ? null : hide(withoutValue(detail)),
  }
}

/** A code that was erased here is known no more, and may still be quoted. */
function withoutValue(detail: string): string {
  // Cut to its longest length when it was read, it is text like any other.
  const parsed = Detail.safeParse(parseJson(detail))
  if (!parsed.success || !secretField.test(parsed.data.field)) return detail
  return JSON.stringify({ ...parsed.data, value: hidden })
}

function withoutQuoted(text: string): string {
  return text.replaceAll(quoted, (all, name: string, value: string) =>
    value.startsWith(hidden) ? all : name + hidden,
  )
}

function secretsOf({ couponCode, openid, body, couponReturn }: Known): Secret[] {
  const code = {
    text: couponCode,
    shortestPart: partOfCode,
    mask: `${hidden}${couponCode.slice(-readableTail)}`,
  }
  const requests = [body, ...(couponReturn === null ? [] : [couponReturn.body])].map((bytes) => ({
    text: new TextDecoder().decode(bytes),
    shortestPart: partOfBody,
    mask: hidden,
  }))
  const owner = { text: openid ?? '', shortestPart: partOfCode, mask: hidden }
  return [code, owner, ...requests].filter(({ text }) => text.length > readableTail)
}
