import { createHash } from 'node:crypto'
import { channelNames, type RequestName, requests } from '../contract/api.ts'
import { needsOf, type RequestKind } from '../contract/requests.ts'
import type { PersonRequest } from '../shop/session.ts'

const kinds: Readonly<Record<RequestName, RequestKind>> = requests

/** Returns the request as the session admits it. `input` is what its schema made of it. */
export function personRequest(name: RequestName, input: object): PersonRequest {
  const needs = needsOf(kinds[name], input)
  return {
    channel: name,
    inputDigest: createHash('sha256').update(canonical(input)).digest('base64'),
    needs: [...new Set(needs)].filter((need) => need !== null),
  }
}

/** Returns the request that an approval is asked for; `null` when the page could not make it. */
export function requestToApprove(name: string, raw: unknown): PersonRequest | null {
  const known = channelNames.requests.find((each) => each === name)
  if (known === undefined) return null
  const parsed = kinds[known].input.safeParse(raw)
  const { data } = parsed
  return typeof data === 'object' && data !== null ? personRequest(known, data) : null
}

/** JSON with the fields in one order, whatever order the page wrote them in. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
