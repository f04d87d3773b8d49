import { describe, expect, test } from 'vitest'
import { channelNames, type RequestName, requests } from '../../../main/contract/api.ts'
import type { RequestKind } from '../../../main/contract/requests.ts'
import { err, ok } from '../../../main/contract/result.ts'
import { isPlainData } from '../../../main/ipc/plain-data.ts'
import { isTrusted, readFrame } from '../../../main/ipc/sender-frame.ts'
import {
  type OrderedRequest,
  type RequestChecks,
  serveRequest,
} from '../../../main/ipc/serve-request.ts'

const checks: RequestChecks = {
  settled: () => Promise.resolve(),
  admit: () => ok({ name: '-', person: null }),
  record: () => undefined,
  onFault: () => undefined,
}
const handle = (): Promise<never> => Promise.reject(new Error('was handled'))
const done = async () => ok(null)
const throwing = (): never => {
  throw new Error('about the code 1201059453')
}

const within: Record<string, unknown> = {}
within['self'] = within

/** What the structured clone passes between processes and no request consists of. */
const strange: Readonly<Record<string, unknown>> = {
  'a typed array': new Uint8Array(3),
  'a typed array without bytes': new Uint8Array(0),
  'sixty million bytes': new Uint8Array(60_000_000),
  'a buffer': new ArrayBuffer(8),
  'a view of one': new DataView(new ArrayBuffer(8)),
  'large numbers': new BigInt64Array(2),
  'a large number': 1n,
  'a map': new Map([['a', 1]]),
  'a set': new Set([1]),
  'a date': new Date(0),
  'an expression': /x/,
  'an error': new Error('x'),
  'an object within itself': within,
  'a list of a million': Array.from({ length: 1_000_000 }, () => 1),
  nothing: undefined,
  null: null,
}

describe.each(Object.entries(strange))('%s', (_, value) => {
  test('is refused by every request, in the envelope', async () => {
    for (const name of channelNames.requests)
      for (const input of [value, { id: value }, [value]]) {
        const reply = await serveRequest(name, handle, checks, input)
        expect({ name, reply }).toEqual({ name, reply: err({ code: 'bad-request' }) })
      }
  })
})

test('a list that is too long is refused unread', () => {
  let reads = 0
  const list = Array.from({ length: 1_000_000 }, () => 1)
  Object.defineProperty(list, 0, { get: () => (reads += 1), enumerable: true })
  for (const input of [list, { id: list }, [list]]) expect(isPlainData(input)).toBe(false)
  expect(reads).toBe(0)
})

test('what the page does send is plain', () => {
  expect(isPlainData({ a: [1, 'x', true, null, { b: {} }] })).toBe(true)
  expect(isPlainData({})).toBe(true)
})

test('whatever throws, the reply is the envelope and says no more than that', async () => {
  const internal = err({ code: 'internal' })
  for (const failing of [{ settled: throwing }, { admit: throwing }])
    expect(await serveRequest('session.touch', done, { ...checks, ...failing }, {})).toEqual(
      internal,
    )
  expect(await serveRequest('session.touch', throwing, checks, {})).toEqual(internal)
  expect(await serveRequest('session.touch', done, checks, {})).toEqual(ok(null))
})

test("only our own page's main frame is trusted, and a frame that is gone is none", () => {
  const origin = 'app://till'
  const page = { url: `${origin}/index.html`, parent: null }
  expect(
    isTrusted(
      readFrame(() => page),
      origin,
    ),
  ).toBe(true)
  expect(
    isTrusted(
      readFrame(() => ({ ...page, parent: page })),
      origin,
    ),
  ).toBe(false)
  expect(
    isTrusted(
      readFrame(() => ({ ...page, url: 'https://example.com' })),
      origin,
    ),
  ).toBe(false)
  expect(isTrusted(readFrame(throwing), origin)).toBe(false)
  expect(
    isTrusted(
      readFrame(() => null),
      origin,
    ),
  ).toBe(false)
})

describe('the audit trail of requests', () => {
  const form = { id: null, name: '小陈', role: 'cashier', pin: '8246' }

  test('has who ordered what, without the PIN, before it is carried out', async () => {
    const seen: (OrderedRequest | 'carried out')[] = []
    const by = { name: '王芳', person: null }
    const recording = {
      ...checks,
      admit: () => ok(by),
      record: (act: OrderedRequest) => seen.push(act),
    }
    const save = async () => {
      seen.push('carried out')
      return ok(ok({ id: 's1', name: '小陈', role: 'cashier' as const }))
    }
    await serveRequest('staff.save', save, recording, form)
    const input = { id: null, name: '小陈', role: 'cashier' }
    expect(seen).toEqual([{ by: '王芳', request: 'staff.save', input }, 'carried out'])
  })

  test('has nothing of an order that was not admitted, nor of one that only reads', async () => {
    const seen: OrderedRequest[] = []
    const recording = { ...checks, record: (act: OrderedRequest) => seen.push(act) }
    const refused = { ...recording, admit: () => err({ code: 'role-too-low' as const }) }
    await serveRequest('staff.save', handle, refused, form)
    await serveRequest('session.touch', done, recording, {})
    expect(seen).toEqual([])
  })

  /** What only reads, or asks a person for a file. */
  const reading: readonly RequestName[] = [
    'startUp.read',
    'backup.choose',
    'backup.chooseSetAside',
    'backup.setAside',
    'backup.suggestPassword',
    'backup.unlock',
    'updates.check',
    'settings.read',
    'setup.state',
    'setup.chooseFiles',
    'setup.removeFile',
    'setup.takeFiles',
    'setup.check',
    'setup.test',
    'setup.finished',
    'setup.acknowledge',
    'setup.forget',
    'recovery.offer',
    'pos.read',
    'pos.withdraw',
    'handOver.list',
    'chain.read',
    'chain.findProgram',
    'chain.chooseProgram',
    'chain.chooseServerFolder',
    'chain.withdrawCode',
  ]
  const kinds: Readonly<Record<RequestName, RequestKind>> = requests
  const ofOwners = ['manage-staff', 'change-settings', 'set-up', 'hand-over', 'pause-queue']
  const orders = channelNames.requests.filter(
    (name) => ofOwners.some((need) => kinds[name].needs === need) && !reading.includes(name),
  )

  test.each(orders)('has %s', (name) => {
    expect(kinds[name].audited).toBeDefined()
  })

  test('never has a secret', () => {
    const kept = channelNames.requests.flatMap((name) => kinds[name].audited ?? [])
    const secrets = ['pin', 'password', 'apiV3Key', 'code', 'payload', 'paths']
    expect(kept.filter((field) => secrets.includes(field))).toEqual([])
  })
})
