import { describe, expect, test } from 'vitest'
import { channelNames } from '../../../main/contract/api.ts'
import { err, ok } from '../../../main/contract/result.ts'
import { isPlainData } from '../../../main/ipc/plain-data.ts'
import { isTrusted, readFrame } from '../../../main/ipc/sender-frame.ts'
import { type RequestChecks, serveRequest } from '../../../main/ipc/serve-request.ts'

const checks: RequestChecks = {
  settled: () => Promise.resolve(),
  admit: () => ok({ name: '-', person: null }),
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
  test('is refused by every request, at once and in the envelope', async () => {
    const begun = performance.now()
    for (const name of channelNames.requests)
      for (const input of [value, { id: value }, [value]]) {
        const reply = await serveRequest(name, handle, checks, input)
        expect({ name, reply }).toEqual({ name, reply: err({ code: 'bad-request' }) })
      }
    expect(performance.now() - begun).toBeLessThan(2000)
  })
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
