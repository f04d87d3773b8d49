import type { Unanswered } from '../redemption/gateway.ts'
import type { Failure } from './exchange.ts'
import type { Sent } from './transport.ts'

type Fault = Unanswered['fault']

const byCode: Readonly<Record<string, Fault>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_NONAME: 'name',
  EAI_FAIL: 'name',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
}

/** What a transport failure means to the domain; the error itself stays here. */
export function unanswered(failure: Failure & Sent): Unanswered {
  return {
    kind: 'unanswered',
    fault: faultOf(failure),
    mayHaveArrived: failure.started || failure.resent,
  }
}

function faultOf({ cause, way, started }: Failure & Sent): Fault {
  if (cause === 'deadline') return 'timeout'
  if (cause === 'aborted') return 'aborted'
  for (const error of chain(cause)) {
    const code = codeOf(error)
    if (isTlsCode(code)) return 'tls'
    // Names are looked up, and connections opened, by the proxy: whatever fails then is about the proxy.
    if (way !== 'direct' && !started) return 'proxy'
    const fault = byCode[code]
    if (fault !== undefined) return fault
  }
  return 'connection'
}

/** OpenSSL's, Node's and X.509's codes for a peer that could not prove who it is. */
function isTlsCode(code: string): boolean {
  return (
    /^ERR_(TLS|SSL|OSSL)_/.test(code) ||
    /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_CERT|INVALID_CA|HOSTNAME_MISMATCH)/.test(
      code,
    ) ||
    code === 'EPROTO'
  )
}

/** The error, its causes, and the parts of an `AggregateError` (one for each address tried). */
function* chain(error: Error): Generator<Error> {
  yield error
  if (error instanceof AggregateError) {
    for (const part of error.errors) if (part instanceof Error) yield part
  }
  if (error.cause instanceof Error) yield* chain(error.cause)
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
