import { expect, test } from 'vitest'
import { z } from 'zod'
import { Paired } from '../../../main/pos/schemas.ts'
import { PosScene, problemIn, read, scenePort } from '../../support/pos-scene.ts'

const status = (pos: PosScene, headers: Record<string, string>, token?: string | null) =>
  pos.ask('GET', '/v1/status', undefined, { headers, ...(token !== undefined && { token }) })

test('only a POS whose token is known may ask, until it is revoked', async () => {
  const pos = new PosScene()
  expect((await pos.status()).pos).toBe('收银台 1')
  for (const token of [null, 'x'.repeat(43), `${pos.token}x`])
    expect(await problemIn(await status(pos, {}, token))).toBe('401 not-paired')
  const { store } = pos.scripted
  expect(JSON.stringify(store.pos.clients())).not.toContain(pos.token)
  pos.clients.revoke(store.pos, store.pos.clients()[0]?.id ?? '')
  expect(await problemIn(await status(pos, {}))).toBe('401 not-paired')
})

test.each([
  'attacker.example:9740',
  '127.0.0.1',
  '127.0.0.1:80',
  '',
  '[::1]:9741',
  '127.0.0.1.example:9740',
])(
  'a request to the host %j is refused: a name that was rebound to this computer',
  async (host) => {
    const pos = new PosScene()
    expect(await problemIn(await status(pos, { host }))).toBe('421 wrong-host')
  },
)

test.each([`localhost:${scenePort}`, `[::1]:${scenePort}`, `127.0.0.1:${scenePort}`])(
  'a request to the host %s is served',
  async (host) => {
    expect((await status(new PosScene(), { host })).status).toBe(200)
  },
)

test('web pages may ask from allowed origins alone', async () => {
  const pos = new PosScene()
  for (const origin of [
    'https://attacker.example',
    'null',
    'https://pos.example.com.attacker.example',
  ])
    expect(await problemIn(await status(pos, { origin }))).toBe('403 origin-not-allowed')
  // An image or a form of another page, for which browsers name no origin.
  const hidden = await status(pos, { 'sec-fetch-site': 'cross-site' })
  expect(await problemIn(hidden)).toBe('403 origin-not-allowed')
  const allowed = await status(pos, { origin: 'https://pos.example.com' })
  expect(allowed.status).toBe(200)
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://pos.example.com')
  pos.origins = []
  const since = await status(pos, { origin: 'https://pos.example.com' })
  expect(await problemIn(since)).toBe('403 origin-not-allowed')
})

test('a browser that asks beforehand is told what an allowed page may do, and that it may reach this computer', async () => {
  const pos = new PosScene()
  const asked = (origin: string) =>
    pos.ask('OPTIONS', '/v1/orders', undefined, {
      token: null,
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-private-network': 'true',
      },
    })
  const allowed = await asked('https://pos.example.com')
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-private-network')).toBe('true')
  expect(allowed.headers.get('access-control-allow-headers')).toContain('Idempotency-Key')
  expect(await problemIn(await asked('https://attacker.example'))).toBe('403 origin-not-allowed')
})

test('a POS is paired by the digits that the till shows, once, within two minutes and five guesses', async () => {
  const pos = new PosScene()
  const { store } = pos.scripted
  const pair = (code: string, name = '收银台 2') =>
    pos.ask('POST', '/v1/pairings', { code, name }, { token: null })
  expect(await problemIn(await pair('123456'))).toBe('403 wrong-code')
  const code = pos.clients.offer(store.pos)
  const { token } = await read(Paired, await pair(code))
  expect((await status(pos, {}, token)).status).toBe(200)
  expect(pos.paired.map(({ name }) => name)).toEqual(['收银台 2'])
  expect(await problemIn(await pair(code))).toBe('403 wrong-code')

  const late = pos.clients.offer(store.pos)
  pos.elapsed += 120_000
  expect(await problemIn(await pair(late))).toBe('403 wrong-code')

  const guessed = pos.clients.offer(store.pos)
  const wrong = guessed === '000000' ? '000001' : '000000'
  for (let guess = 0; guess < 5; guess += 1) await pair(wrong)
  expect(await problemIn(await pair(guessed))).toBe('403 wrong-code')
  // Under its name it takes the place of the one before.
  const anew = await read(Paired, await pair(pos.clients.offer(store.pos)))
  expect((await status(pos, {}, anew.token)).status).toBe(200)
  expect(await problemIn(await status(pos, {}, token))).toBe('401 not-paired')
  expect(store.pos.clients()).toHaveLength(2)
})

test('who asks too often waits: a stranger soon, a POS later', async () => {
  const pos = new PosScene()
  const ask = async (token: string | null) => {
    pos.elapsed -= 1000
    return (await status(pos, {}, token)).status
  }
  const strangers = []
  for (let count = 0; count < 12; count += 1) strangers.push(await ask(null))
  expect(strangers.filter((code) => code === 401).length).toBeLessThan(12)
  expect(strangers.at(-1)).toBe(429)
  const own = []
  for (let count = 0; count < 70; count += 1) own.push(await ask(pos.token))
  expect(own.filter((code) => code === 200)).toHaveLength(60)
  pos.elapsed += 1000
  expect(await ask(pos.token)).toBe(200)
})

test('what does not fit is told by its field, in the language asked for', async () => {
  const pos = new PosScene()
  const asked = await pos.ask('POST', '/v1/orders', { orderId: 'A 1', totalFen: 1.5, extra: 1 })
  const problem = z
    .object({ fields: z.array(z.string()), title: z.string() })
    .parse(await asked.json())
  expect(problem.fields).toEqual(expect.arrayContaining(['orderId', 'totalFen']))
  expect(problem.title).toBe('The request does not fit')
  const chinese = await pos.ask('POST', '/v1/orders', '{', {
    headers: { 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8' },
  })
  expect(await chinese.json()).toMatchObject({ code: 'invalid-request', title: '请求格式不对' })
  const form = await pos.ask('POST', '/v1/orders', 'a=1', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(await problemIn(form)).toBe('415 not-json')
  const large = await pos.ask('POST', '/v1/orders', { orderId: 'x'.repeat(70_000), totalFen: 1 })
  expect(await problemIn(large)).toBe('413 too-large')
  expect(await problemIn(await pos.ask('PUT', '/v1/orders', {}))).toBe('405 wrong-method')
  expect(await problemIn(await pos.ask('GET', '/v2/orders'))).toBe('404 unknown-address')
  expect(pos.faults).toEqual([])
})

test('while no till is open nothing is served, and the POS is told to ask again', async () => {
  const pos = new PosScene()
  pos.isClosed = true
  const asked = await pos.ask('GET', '/v1/status')
  expect(asked.headers.get('retry-after')).toBe('1')
  expect(await problemIn(asked)).toBe('503 till-closed')
})
