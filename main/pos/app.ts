import { type Context, Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { PosClient } from '../redemption/pos-store.ts'
import type { Result } from '../contract/result.ts'
import { Bucket } from './buckets.ts'
import type { PosClients } from './clients.ts'
import { Command } from './command-schemas.ts'
import { carryOut } from './commands.ts'
import {
  addCoupon,
  type Asker,
  endOrder,
  giveBack,
  openOrder,
  type PosTill,
  readOrder,
  statusOf,
} from './desk.ts'
import type { PosFeed } from './feed.ts'
import { isOwnHost, keepOut } from './gate.ts'
import { languageOf } from './language-of.ts'
import type { OnceOnly } from './once.ts'
import { problemOf } from './problem.ts'
import { answer, bodyOf, problem, reply } from './responses.ts'
import type { ProblemCode } from './problem-codes.ts'
import { type RouteName, routes } from './routes.ts'
import { AddCoupon, CouponNo, OpenOrder, OrderId, PairRequest } from './schemas.ts'

export interface AppParts {
  /** `null` while no till is open. */
  readonly till: () => PosTill | null
  readonly clients: PosClients
  readonly feed: PosFeed
  readonly once: OnceOnly
  readonly port: () => number
  /** Origins of web pages that may ask. */
  readonly origins: () => readonly string[]
  /** Milliseconds that nobody can set. */
  readonly elapsed: () => number
  /** Writes that a POS was paired into the audit trail. */
  readonly onPaired: (client: PosClient) => void
  readonly onFault: (cause: unknown) => void
}

/** Visible ASCII. */
const keyShape = /^[\x21-\x7e]{1,128}$/
const mostStreams = 8
/** Between two lines, so that a program can tell a quiet till from a broken line. */
const heartbeatMs = 15_000

/** What a request is carried out with, once it is known who asks. */
interface Call {
  readonly c: Context
  readonly open: PosTill
  readonly client: PosClient
  readonly token: string
  readonly asker: Asker
}

/** Everything between a POS and the desk: who may ask, schemas, keys, and problem documents. No listening. */
export function createPosApp(parts: AppParts): Hono {
  const { clients, feed, once, elapsed, onFault } = parts
  const app = new Hono()
  const strangers = new Bucket(10, 1, elapsed)
  const buckets = new Map<string, Bucket>()

  /** Finds out who asks; a problem where nobody may. */
  function admit(c: Context): Call | Response {
    const open = parts.till()
    if (open === null) return problem(c, 'till-closed')
    const token = /^Bearer ([\w-]{20,100})$/.exec(c.req.header('authorization') ?? '')?.[1]
    const client = token === undefined ? null : clients.find(open.store, token)
    if (token === undefined || client === null)
      return problem(c, strangers.take() ? 'not-paired' : 'too-many')
    const bucket = buckets.get(client.id) ?? new Bucket(60, 30, elapsed)
    buckets.set(client.id, bucket)
    if (!bucket.take()) return problem(c, 'too-many')
    const language = languageOf(c.req.header('accept-language'))
    return { c, open, client, token, asker: { client, language } }
  }

  /** Carries a request with an effect out once under its key. */
  async function keyed<T>(
    { c, open, client, asker }: Call,
    text: string,
    work: (isRepeated: boolean) => Promise<Result<T, ProblemCode>>,
  ): Promise<Response> {
    const key = c.req.header('idempotency-key') ?? ''
    if (!keyShape.test(key)) return problem(c, 'key-missing')
    const content = `${c.req.method} ${new URL(c.req.url).pathname}\n${text}`
    const request = { clientId: client.id, key, content, at: open.now() }
    const done = await once.run(open.store, request, async (isRepeated) => {
      const result = await work(isRepeated)
      const body = JSON.stringify(
        result.ok ? result.value : problemOf(result.error, asker.language),
      )
      return result.ok
        ? { status: 200, contentType: 'application/json', body }
        : {
            status: problemOf(result.error, asker.language).status,
            contentType: 'application/problem+json',
            body,
          }
    })
    return typeof done === 'string' ? problem(c, done) : answer(c, done)
  }

  const on = (name: RouteName, work: (c: Context) => Promise<Response> | Response): void => {
    const { method, path } = routes[name]
    app.on(method.toUpperCase(), path.replaceAll(/\{(\w+)\}/g, ':$1'), work)
  }
  /** Serves a route for a POS that was paired. */
  const serve = (name: RouteName, work: (call: Call) => Promise<Response> | Response): void =>
    on(name, (c) => {
      const call = admit(c)
      return call instanceof Response ? call : work(call)
    })

  app.use(async (c, next) => {
    if (!isOwnHost(c.req.header('host'), parts.port())) return problem(c, 'wrong-host')
    const kept = keepOut(c, parts.origins())
    if (kept === 'origin-not-allowed') return problem(c, kept)
    if (kept !== null) return kept
    await next()
    return undefined
  })
  app.onError((cause, c) => {
    onFault(cause)
    return problem(c, isNotSaved(cause) ? 'not-saved' : 'internal')
  })
  app.notFound((c) => {
    const isKnown = Object.values(routes).some(({ path }) =>
      new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(c.req.path),
    )
    return problem(c, isKnown ? 'wrong-method' : 'unknown-address')
  })

  on('pair', async (c) => {
    if (!strangers.take()) return problem(c, 'too-many')
    const open = parts.till()
    if (open === null) return problem(c, 'till-closed')
    const body = await bodyOf(c, PairRequest)
    if (body instanceof Response) return body
    const paired = clients.pair(open.store, body.value.code, body.value.name)
    if (!paired.ok) return problem(c, paired.error)
    parts.onPaired(paired.value.client)
    return reply(c, { ok: true, value: { token: paired.value.token, name: body.value.name } })
  })
  serve('status', ({ c, open, asker }) => reply(c, { ok: true, value: statusOf(open, asker) }))
  serve('openOrder', async (call) => {
    const body = await bodyOf(call.c, OpenOrder)
    if (body instanceof Response) return body
    return keyed(call, body.text, async () => {
      const opened = openOrder(call.open, call.asker, body.value)
      if (opened.ok) watch(opened.value.orderId)
      return opened
    })
  })
  serve('readOrder', ({ c, open, asker }) => {
    const orderId = OrderId.safeParse(c.req.param('orderId'))
    return orderId.success
      ? reply(c, readOrder(open, asker, orderId.data))
      : problem(c, 'order-not-found')
  })
  serve('endOrder', ({ c, open, asker }) => {
    const orderId = OrderId.safeParse(c.req.param('orderId'))
    if (!orderId.success) return problem(c, 'order-not-found')
    const ended = endOrder(open, asker, orderId.data)
    if (ended.ok) watch(orderId.data)
    return reply(c, ended)
  })
  serve('addCoupon', async (call) => {
    const { c, open, asker } = call
    const orderId = OrderId.safeParse(c.req.param('orderId'))
    if (!orderId.success) return problem(c, 'order-not-found')
    const body = await bodyOf(c, AddCoupon)
    if (body instanceof Response) return body
    const wanted = body.value
    // Before its key is written: nothing is kept of what is no coupon.
    const kind = 'code' in wanted ? open.till.pos.kindOf(wanted.code) : 'coupon'
    if (kind === 'payment-code') return problem(c, 'payment-code')
    if (kind !== 'coupon') return problem(c, 'not-a-coupon')
    watch(orderId.data)
    return keyed(call, body.text, (isRepeated) =>
      addCoupon(open, asker, orderId.data, wanted, isRepeated),
    )
  })
  serve('returnCoupon', async (call) => {
    const { c, open, asker } = call
    const orderId = OrderId.safeParse(c.req.param('orderId'))
    const no = CouponNo.safeParse(c.req.param('no'))
    if (!orderId.success) return problem(c, 'order-not-found')
    if (!no.success) return problem(c, 'coupon-not-found')
    const body = await bodyOf(c, routes.returnCoupon.body)
    if (body instanceof Response) return body
    watch(orderId.data)
    return keyed(call, body.text, async () => giveBack(open, asker, orderId.data, no.data))
  })
  serve('command', async ({ c, client, token, asker }) => {
    const body = await bodyOf(c, Command)
    if (body instanceof Response) return body
    // The request that it stands for is counted.
    buckets.get(client.id)?.giveBack()
    const sender = { token, language: asker.language, port: parts.port() }
    return reply(c, { ok: true, value: await carryOut(app, body.value, sender) })
  })
  serve('events', ({ c, asker }) => {
    if (feed.size >= mostStreams) return problem(c, 'too-many')
    return streamSSE(c, async (stream) => {
      const stop = feed.hear(
        asker,
        (event, data) => void stream.writeSSE({ event, data }),
        () => void stream.close(),
      )
      stream.onAbort(stop)
      while (!stream.aborted && !stream.closed) {
        await stream.sleep(heartbeatMs)
        await stream.write(': still here\n\n')
      }
      stop()
    })
  })
  return app

  function watch(orderId: string): void {
    feed.watch(orderId)
    feed.changed()
  }
}

/** Whether SQLite or the disk refused to write. */
function isNotSaved(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    'code' in cause &&
    typeof cause.code === 'string' &&
    /^(SQLITE_(FULL|BUSY|IOERR|READONLY|CANTOPEN)|ENOSPC|EROFS|EACCES)/.test(cause.code)
  )
}
