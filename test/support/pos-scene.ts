import { onTestFinished } from 'vitest'
import type { z } from 'zod'
import { createPosApp } from '../../main/pos/app.ts'
import { PosClients } from '../../main/pos/clients.ts'
import type { PosTill } from '../../main/pos/desk.ts'
import { PosFeed } from '../../main/pos/feed.ts'
import { OnceOnly } from '../../main/pos/once.ts'
import { CouponInOrder, Order, Problem, Status } from '../../main/pos/schemas.ts'
import type { PosClient } from '../../main/redemption/pos-store.ts'
import { PosContract } from './pos-contract.ts'
import { codeOf, ScriptedTill, type ScriptedTillOptions } from './scripted-till.ts'

export const scenePort = 9740
export const sceneOrigin = `http://127.0.0.1:${scenePort}`

const contract = new PosContract()

/** What a POS sends beside the usual. */
interface Sent {
  readonly key?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly token?: string | null
}

/** A POS, and a scripted till with its link, without a socket between them. Each reply is held against the document. */
export class PosScene {
  readonly scripted: ScriptedTill
  readonly faults: unknown[] = []
  readonly paired: PosClient[] = []
  isClosed = false
  origins: readonly string[] = ['https://pos.example.com']
  elapsed = 0
  clients: PosClients
  feed: PosFeed
  app: ReturnType<typeof createPosApp>
  token = ''
  #keys = 0

  constructor(options: ScriptedTillOptions = {}) {
    this.scripted = new ScriptedTill(options)
    const made = this.#link()
    this.clients = made.clients
    this.feed = made.feed
    this.app = made.app
    const code = this.clients.offer(this.scripted.store.pos)
    const paired = this.clients.pair(this.scripted.store.pos, code, '收银台 1')
    if (!paired.ok) throw new Error(paired.error)
    this.token = paired.value.token
    this.scripted.till.start()
    onTestFinished(() => this.scripted.close())
  }

  #link() {
    const clock = { elapsed: () => this.elapsed, now: () => this.scripted.now }
    const clients = new PosClients(clock)
    const till = (): PosTill | null => (this.isClosed ? null : this.#till())
    const feed = new PosFeed(till)
    this.scripted.till.onCounter(() => feed.changed())
    const app = createPosApp({
      till,
      clients,
      feed,
      once: new OnceOnly(),
      port: () => scenePort,
      origins: () => this.origins,
      elapsed: clock.elapsed,
      onPaired: (client) => this.paired.push(client),
      onFault: (cause) => this.faults.push(cause),
    })
    return { clients, feed, app }
  }

  #till(): PosTill {
    const { till, store } = this.scripted
    return { till, store: store.pos, mode: 'live', tillId: 'T1', now: () => this.scripted.now }
  }

  /** The program of the till ends and starts again: nothing but its file is left. */
  restart(offForMs = 0): void {
    this.scripted.restart({ offForMs })
    Object.assign(this, this.#link())
  }

  async ask(method: string, path: string, body?: unknown, sent: Sent = {}): Promise<Response> {
    const { token = this.token, key = `key-${(this.#keys += 1)}` } = sent
    // Nobody waits for a bucket here.
    this.elapsed += 1000
    const response = await this.app.request(`${sceneOrigin}${path}`, {
      method,
      headers: {
        host: `127.0.0.1:${scenePort}`,
        'accept-language': 'en',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(method === 'POST' && { 'idempotency-key': key }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...sent.headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const type = response.headers.get('content-type') ?? ''
    if (response.status === 204 || type.startsWith('text/event-stream')) return response
    const text = await response.clone().text()
    const fault = contract.faultOf(method, path, { status: response.status, type, text })
    if (fault !== null) throw new Error(fault)
    return response
  }

  async openOrder(orderId: string, totalFen: number, more: object = {}): Promise<Order> {
    return read(Order, await this.ask('POST', '/v1/orders', { orderId, totalFen, ...more }))
  }

  async redeem(orderId: string, number: number, sent: Sent = {}): Promise<CouponInOrder> {
    return read(CouponInOrder, await this.redeemRaw(orderId, codeOf(number), sent))
  }

  redeemRaw(orderId: string, code: string, sent: Sent = {}): Promise<Response> {
    return this.ask('POST', `/v1/orders/${orderId}/coupons`, { code }, sent)
  }

  async order(orderId: string): Promise<Order> {
    return read(Order, await this.ask('GET', `/v1/orders/${orderId}`))
  }

  async end(orderId: string): Promise<Order> {
    return read(Order, await this.ask('DELETE', `/v1/orders/${orderId}`))
  }

  returnRaw(orderId: string, no: string | null, sent: Sent = {}): Promise<Response> {
    return this.ask('POST', `/v1/orders/${orderId}/coupons/${no}/return`, {}, sent)
  }

  async status(): Promise<Status> {
    return read(Status, await this.ask('GET', '/v1/status'))
  }
}

/** Reads a reply that must have succeeded. */
export async function read<T>(schema: z.ZodType<T>, response: Response): Promise<T> {
  const text = await response.text()
  if (response.status !== 200) throw new Error(`${response.status} ${text}`)
  return schema.parse(JSON.parse(text))
}

/** Returns the code of a problem, and throws where there is none. */
export async function problemIn(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'application/problem+json')
    throw new Error(`${response.status} ${await response.text()}`)
  const problem = Problem.parse(await response.json())
  if (problem.status !== response.status) throw new Error(`${problem.status} in ${response.status}`)
  return `${problem.status} ${problem.code}`
}
