import type { Unanswered } from '../redemption/gateway.ts'
import type { Failure } from './exchange.ts'

type Fault = Unanswered['fault']

const byCode: Readonly<Record<string, Fault>> = {
  ENOTFOUND: 'name',
  EAI_AGAIN: 'name',
  EAI_NONAME: 'name',
  EAI_FAIL: 'name',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  UND_ERR_PRX_TLS: 'proxy',
}

/** What a transport failure means to the domain; the error itself stays here. */
export function unanswered(failure: Failure): Unanswered {
  return { kind: 'unanswered', fault: faultOf(failure.cause), mayHaveArrived: failure.started }
}

function faultOf(cause: Failure['cause']): Fault {
  if (cause === 'deadline') return 'timeout'
  if (cause === 'aborted') return 'aborted'
  for (const error of chain(cause)) {
    const code = codeOf(error)
    const fault = byCode[code]
    if (fault !== undefined) return fault
    if (isTlsCode(code)) return 'tls'
    if (/^Proxy response \(\d+\)/.test(error.message)) return 'proxy'
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
