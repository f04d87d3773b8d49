import { performance } from 'node:perf_hooks'
import type { Dispatcher } from 'undici'
import { createPool } from './dispatchers.ts'
import { type Exchange, exchange } from './exchange.ts'
import type { SignableRequest } from './request-signature.ts'

export interface Deadlines {
  /** For opening one connection. */
  readonly connectMs: number
  /** For the whole call: connecting, every resend, reading the reply. */
  readonly totalMs: number
}

export interface TransportOptions {
  /** Primary first. `https:`; `http:` for loopback alone. */
  readonly origins: readonly string[]
  readonly deadlines: Deadlines
  readonly maxReplyBytes: number
}

export interface SendLimits {
  readonly signal: AbortSignal
  /** On the monotonic clock (`performance.now()`): the wall clock may be set meanwhile. */
  readonly deadlineAt: number
}

export interface Transport {
  send(
    request: SignableRequest,
    headers: Record<string, string>,
    limits: SendLimits,
  ): Promise<Exchange>
  close(): Promise<void>
}

/** Throws on an origin that is neither `https:` nor loopback: a merchant's signature never goes out in the clear. */
export function createTransport(options: TransportOptions): Transport {
  const origins = options.origins.map(checkedOrigin)
  const pools = new Map<string, Dispatcher>()

  function poolOf(origin: string): Dispatcher {
    const known = pools.get(origin)
    if (known !== undefined) return known
    const created = createPool(origin, { connectMs: options.deadlines.connectMs })
    pools.set(origin, created)
    return created
  }

  return {
    async send(request, headers, limits) {
      let last: Exchange | null = null
      for (const origin of origins) {
        const deadlineMs = Math.max(0, limits.deadlineAt - performance.now())
        last = await exchange(
          poolOf(origin),
          { origin, ...request, headers },
          { deadlineMs, maxReplyBytes: options.maxReplyBytes, signal: limits.signal },
        )
        if (last.kind === 'reply' || last.started || typeof last.cause === 'string') return last
      }
      if (last === null) throw new Error('a transport needs at least one origin')
      return last
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
      pools.clear()
    },
  }
}

function checkedOrigin(text: string): string {
  const url = new URL(text)
  const loopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
  if (url.protocol === 'https:' || (url.protocol === 'http:' && loopback)) return url.origin
  throw new TypeError(`${url.origin} is neither https nor this machine`)
}
