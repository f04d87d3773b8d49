import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { sampleKinds } from '../../../main/contract/snapshot.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { createPracticeKeys } from '../../../main/training/practice-keys.ts'
import type { Credentials } from '../../../main/wechatpay/credentials.ts'
import { createLocalSigner } from '../../../main/wechatpay/local-signer.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { type Scene, newRequestNo, openScene, patient } from '../../support/wechatpay-scene.ts'

describe('every request is checked', () => {
  test.each([
    ['another key', 401, '错误的签名'],
    ['an unknown serial', 401, '序列号有误'],
    ['an unknown merchant', 400, '商户号不存在'],
    ['a merchant whose certificates are others', 401, '序列号有误'],
  ])('%s is refused', async (what, status, message) => {
    const scene = await openScene()
    const other = await createPracticeKeys()
    const wrong: Record<string, Partial<Credentials>> = {
      'another key': { signer: createLocalSigner(other.privateKeyPem) },
      'an unknown serial': { serial: other.serial },
      'an unknown merchant': { merchantId: '1999999999' },
      'a merchant whose certificates are others': { merchantId: '1900007291' },
    }
    const reply = await sendAs(scene, { ...scene.till, ...wrong[what] })
    expect(reply).toMatchObject({
      status,
      verified: false,
      body: { message: expect.stringContaining(message) },
    })
    expect((await scene.control.ledger({})).effects).toEqual([])
  })

  test('one byte changed on the way breaks the signature', async () => {
    const scene = await openScene()
    const signer = createLocalSigner(scene.till.privateKeyPem)
    const reply = await sendAs(scene, {
      ...scene.till,
      signer: {
        sign: (message, signal) => {
          const changed = Buffer.from(message).toString().replace('wx', 'wy')
          return signer.sign(Buffer.from(changed), signal)
        },
      },
    })
    expect(reply).toMatchObject({ status: 401 })
  })

  test('a request for something that does not exist gets an error', async () => {
    const scene = await openScene()
    const reply = await fetch(`${scene.standIn.origin}/v3/pay/transactions/native`)
    expect(reply.status).toBe(401)
  })

  test('a merchant has at most three certificates; the oldest is removed', async () => {
    const scene = await openScene()
    for (let i = 0; i < 3; i += 1) {
      const { certificatePem } = await createPracticeKeys()
      await scene.control.enrol({ certificatePem })
    }
    expect(await scene.send(await scene.sample())).toMatchObject({ status: 401 })
  })
})

test('too many requests in a second are refused', async () => {
  // Within one second of a clock that the test has stopped.
  const at = Date.now()
  const scene = await openScene({ standIn: { now: () => at } })
  await scene.control.behave({ requestsPerSecond: 2 })
  const code = await scene.sample()
  const number = newRequestNo()
  expect(await scene.redeem(code, number)).toMatchObject({ kind: 'confirmed' })
  expect(await scene.redeem(code, number)).toMatchObject({ kind: 'confirmed' })
  expect(await scene.redeem(code, number)).toMatchObject({
    kind: 'unknown',
    reason: 'rate-limited',
  })
})

test('a cut network refuses connections; restored, it serves on the same port', async () => {
  const scene = await openScene()
  const code = await scene.sample()
  await scene.control.network({ network: 'cut' })
  expect(await scene.send(code)).toEqual({
    kind: 'unanswered',
    fault: 'connection',
    mayHaveArrived: false,
  })
  await scene.control.network({ network: 'up' })
  expect(await scene.redeem(code)).toMatchObject({ kind: 'confirmed' })
})

describe('samples', () => {
  test('exist for every kind, with valid ones of every kind of batch', async () => {
    const scene = await openScene()
    const samples = await scene.control.samples({})
    expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(sampleKinds))
    const valid = samples.filter(({ kind }) => kind === 'valid')
    expect(valid.map(({ stock }) => stock?.kind)).toEqual(['NORMAL', 'DISCOUNT', 'EXCHANGE'])
    expect(samples.every(({ code }) => /^\d{22}$/.test(code))).toBe(true)
  })

  test('can be renewed, and those redeemed before stay redeemed', async () => {
    const scene = await openScene()
    const before = await scene.control.samples({})
    const code = await scene.sample()
    await scene.redeem(code)
    const after = await scene.control.renewSamples({})
    const codes = new Set(before.map((entry) => entry.code))
    expect(after.filter((entry) => codes.has(entry.code))).toEqual([])
    expect(await scene.control.coupon({ code })).toMatchObject({ state: 'USED' })
    // A coupon that waits in a till's queue meanwhile is as good as before.
    const waiting = before.filter((entry) => entry.kind === 'valid' && entry.code !== code)
    for (const entry of waiting)
      expect(await scene.control.coupon({ code: entry.code })).toMatchObject({ state: 'SENDED' })
    expect(waiting.length).toBeGreaterThan(0)
  })
})

function freshWorldFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stand-in-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'world.json')
}

test.each(['', '{"version":1}', '{"version":2,"merch'])(
  'a world file that contains %j is put aside, and training starts anew',
  async (text) => {
    const worldFile = freshWorldFile()
    writeFileSync(worldFile, text)
    const scene = await openScene({ standIn: { worldFile } })
    expect(await scene.redeem(await scene.sample())).toMatchObject({ kind: 'confirmed' })
    expect(readFileSync(`${worldFile}.bad`, 'utf8')).toBe(text)
  },
)

test('what was redeemed is still redeemed after a restart', async () => {
  const worldFile = freshWorldFile()
  const before = await openScene({ standIn: { worldFile } })
  const code = await before.sample()
  expect(await before.redeem(code, 'number-1')).toMatchObject({ kind: 'confirmed' })
  await before.standIn.close()
  expect(statSync(worldFile).mode & 0o777).toBe(0o600)
  expect(JSON.parse(readFileSync(worldFile, 'utf8'))).toMatchObject({ version: 2 })

  const after = await openScene({ standIn: { worldFile } })
  expect(after.till.trust.publicKey?.id).toBe(before.till.trust.publicKey?.id)
  expect(await after.redeem(code, 'number-1')).toMatchObject({ kind: 'confirmed' })
  expect((await after.control.ledger({})).effects).toMatchObject([{ code, replays: 1 }])
})

describe('the control port', () => {
  test.each([
    ['a web page', { Origin: 'https://example.com' }, 403],
    ['nobody in particular', {}, 200],
  ])('requested by %s', async (_who, headers, status) => {
    const scene = await openScene()
    const reply = await fetch(`${scene.standIn.controlOrigin}/ledger`, { headers })
    expect(reply.status).toBe(status)
  })

  test('reports what it does not accept', async () => {
    const scene = await openScene()
    const post = (path: string, body: string) =>
      fetch(scene.standIn.controlOrigin + path, { method: 'POST', body })
    expect((await post('/network', '{"network":"sideways"}')).status).toBe(400)
    expect((await post('/network', 'no json')).status).toBe(400)
    expect((await post('/nothing', '{}')).status).toBe(404)
  })
})

async function sendAs(scene: Scene, credentials: Credentials) {
  const gateway = createTestGateway(credentials, {
    origins: [scene.standIn.origin],
    credentials: { current: async () => ok(credentials) },
  })
  onTestFinished(() => gateway.close())
  const code = await scene.sample()
  const body = useBody({ code, appid: scene.till.appid, useRequestNo: newRequestNo() })
  const reply = await gateway.useCoupon(body, patient)
  expect(judgeReply(reply)).toMatchObject({ kind: 'blocked' })
  return reply
}
