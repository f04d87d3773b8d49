import { strict as assert } from 'node:assert'
import * as fc from 'fast-check'
import { routes } from '../../../main/pos/routes.ts'
import { PosContract } from '../../support/pos-contract.ts'
import { codeOf, silence, used } from '../../support/scripted-till.ts'
import { anyValue, shapedAfter } from '../json-arbitrary.ts'
import type { FuzzKind, Target } from '../kind.ts'
import { openPosLink } from '../pos-link.ts'
import { checkMoney } from '../pos-money.ts'

interface Asked {
  readonly method: string
  readonly path: string
  readonly body: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly from: Readonly<Record<string, string>>
  readonly isPaired: boolean
  /** What happens at the till before. */
  readonly before: (typeof happenings)[number]
}

const happenings = [
  'nothing',
  'scan',
  'next-customer',
  'silence',
  'answers',
  'restart',
  'ten minutes',
] as const

const port = 9740
/** So few that requests meet. */
const orderIds = Array.from({ length: 40 }, (_, number) => `A${number}`)
const keys = ['k1', 'k2', 'k3', 'k4', 'k5'] as const

const headerText = fc.stringMatching(/^[\x20-\x7e]{0,40}$/)
const oneOrder = fc.constantFrom(...orderIds)
const codes = fc.oneof(fc.integer({ min: 0, max: 5 }).map(codeOf), fc.string())
const bodies = fc.oneof(
  fc.record({ orderId: oneOrder, totalFen: fc.integer({ min: 1, max: 20_000 }) }),
  fc.record({ code: codes }),
  shapedAfter(routes.openOrder.body),
  shapedAfter(routes.addCoupon.body),
  shapedAfter(routes.pair.body),
  anyValue.filter((value) => value !== undefined),
)

/** The numbers of coupons are put in when the request is made. */
const paths = fc.oneof(
  fc.constantFrom('/v1/orders', '/v1/status', '/v1/pairings', '/v1/orders/', '/'),
  oneOrder.map((id) => `/v1/orders/${id}`),
  oneOrder.map((id) => `/v1/orders/${id}/coupons`),
  oneOrder.map((id) => `/v1/orders/${id}/coupons/COUPON/return`),
  fc.webPath(),
)

const strange: fc.Arbitrary<Asked> = fc.record({
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constant('POST') },
    fc.constantFrom('GET', 'DELETE', 'PUT', 'OPTIONS', 'HEAD'),
  ),
  path: paths,
  body: fc.option(fc.oneof(bodies.map(textOf), fc.string())),
  headers: fc.record(
    {
      'content-type': fc.oneof(
        { weight: 9, arbitrary: fc.constant('application/json') },
        headerText,
      ),
      'idempotency-key': fc.oneof(
        fc.constantFrom(...keys),
        fc.integer({ min: 0, max: 1e6 }).map(String),
        headerText,
      ),
      'accept-language': headerText,
    },
    { requiredKeys: ['content-type', 'idempotency-key'] },
  ),
  /** Mostly none: a program names no origin, and the right host. */
  from: fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    fc.record({ origin: fc.constantFrom('https://pos.example.com', 'https://x.example', 'null') }),
    fc.record({ host: fc.constantFrom('attacker.example', '127.0.0.1') }),
  ),
  isPaired: fc.integer({ max: 9, min: 0 }).map((number) => number > 0),
  before: fc.oneof(
    { weight: 6, arbitrary: fc.constant('nothing' as const) },
    fc.constantFrom(...happenings),
  ),
})

/** What a POS asks in its right mind. */
const sensible = fc.oneof(
  fc
    .record({ orderId: oneOrder, totalFen: fc.integer({ min: 1000, max: 20_000 }) })
    .map((order) => ({ method: 'POST', path: '/v1/orders', body: JSON.stringify(order) })),
  {
    weight: 2,
    arbitrary: fc.tuple(oneOrder, fc.integer({ min: 0, max: 5 })).map(([id, number]) => ({
      method: 'POST',
      path: `/v1/orders/${id}/coupons`,
      body: JSON.stringify({ code: codeOf(number) }),
    })),
  },
  oneOrder.map((id) => ({
    method: 'POST',
    path: `/v1/orders/${id}/coupons/COUPON/return`,
    body: null,
  })),
  oneOrder.map((id) => ({ method: 'GET', path: `/v1/orders/${id}`, body: null })),
)

/** Half of them are sensible, with keys that are sometimes used again. */
const asked = fc.oneof(
  strange,
  fc
    .tuple(strange, sensible, fc.integer({ min: 0, max: 300 }))
    .map(([{ before }, request, key]): Asked => ({
      ...request,
      before,
      from: {},
      isPaired: true,
      headers: { 'content-type': 'application/json', 'idempotency-key': `s${key}` },
    })),
)

/**
 * Whatever is sent to the link: a reply that the document knows, no bug, no coupon redeemed under two numbers, none given
 * to two orders, and never a sum below zero.
 */
export const posRequests: FuzzKind = {
  name: 'pos-requests',
  counts: { short: 600, long: 20_000 },
  open: async () => openLink(),
}

function openLink(): Target {
  const contract = new PosContract()
  const link = openPosLink(port, ['https://pos.example.com'])
  const { scripted, store, clients, app } = link
  const paired = clients.pair(store.pos, clients.offer(store.pos), 'POS')
  assert.ok(paired.ok)
  const { token } = paired.value
  let scans = 0
  const statuses = new Map<number, number>()

  async function play({ before, ...request }: Asked): Promise<void> {
    await happen(before)
    await ask(request)
    await scripted.pass(200)
    assert.deepEqual(link.faults(), [])
    checkMoney(link.open(), store, orderIds)
  }

  async function happen(what: Asked['before']): Promise<void> {
    scans += 1
    if (what === 'scan') await scripted.scan(scans % 6)
    else if (what === 'next-customer') scripted.till.nextCustomer()
    else if (what === 'silence') scripted.use = () => silence
    else if (what === 'answers') scripted.use = () => used
    else if (what === 'restart') scripted.restart()
    else if (what === 'ten minutes') await scripted.pass(600_000)
  }

  async function ask({
    method,
    path,
    body,
    headers,
    from,
    isPaired,
  }: Omit<Asked, 'before'>): Promise<void> {
    link.elapse(1000)
    const no = [...orderIds]
      .flatMap((id) => {
        const order = store.pos.order(id)
        const known = order === null || order === 'unreadable' ? null : order
        return known === null ? [] : scripted.till.pos.couponsOf(known.orderNo)
      })
      .at(-1)?.useRequestNo
    const address = path.replace('COUPON', no ?? 'T1-nobody')
    const response = await app.request(`http://127.0.0.1:${port}${address}`, {
      method,
      headers: {
        host: `127.0.0.1:${port}`,
        ...(isPaired && { authorization: `Bearer ${token}` }),
        ...headers,
        ...from,
      },
      ...(body !== null && method !== 'GET' && method !== 'HEAD' && { body }),
    })
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1)
    const text = await response.text()
    const type = response.headers.get('content-type') ?? ''
    const isBare = response.status === 204 || method === 'HEAD'
    const { pathname } = new URL(`http://127.0.0.1${address}`)
    const fault = isBare
      ? null
      : contract.faultOf(method, pathname, { status: response.status, type, text })
    assert.equal(fault, null)
  }

  return {
    property: (measured) => fc.asyncProperty(asked, (request) => measured(() => play(request))),
    async close() {
      scripted.close()
      const counted = [...statuses].toSorted(([one], [other]) => one - other)
      return counted.map(([status, count]) => `${count} × ${status}`).join(', ')
    },
  }
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    // A BigInt, or an object in itself: such a value has no JSON.
    return '{}'
  }
}
