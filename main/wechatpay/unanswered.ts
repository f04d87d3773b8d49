import type { Unanswered } from '../redemption/gateway.ts'
import type { ExchangeFault } from './exchange.ts'
import type { Sent } from './transport.ts'

type UnansweredFault = Unanswered['fault']

const byCode: Readonly<Record<string, UnansweredFault>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_NONAME: 'name',
  EAI_FAIL: 'name',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
}

/** Translates a call without a reply for the domain. The error itself is not passed on. */
export function toUnanswered(sent: ExchangeFault & Sent): Unanswered {
  return {
    kind: 'unanswered',
    fault: faultOf(sent),
    mayHaveArrived: sent.started || sent.resent,
  }
}

function faultOf({ cause, route, started }: ExchangeFault & Sent): UnansweredFault {
  if (cause === 'deadline') return 'timeout'
  if (cause === 'aborted') return 'aborted'
  for (const error of chain(cause)) {
    const code = codeOf(error)
    if (isTlsCode(code)) return 'tls'
    // The proxy looks up names and opens connections, so what fails before the request is sent is about the proxy.
    if (route !== 'direct' && !started) return 'proxy'
    const fault = byCode[code]
    if (fault !== undefined) return fault
  }
  return 'connection'
}

/** The codes of OpenSSL, Node and X.509 for TLS that fails, mostly on a certificate that cannot be trusted. */
function isTlsCode(code: string): boolean {
  return (
    /^ERR_(TLS|SSL|OSSL)_/.test(code) ||
    /^(CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERROR_IN_CERT|INVALID_CA|HOSTNAME_MISMATCH)/.test(
      code,
    ) ||
    code === 'EPROTO'
  )
}

/** The error, its causes, and the parts of an `AggregateError` (one for each address that was tried). */
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
