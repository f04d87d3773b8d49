import { describe, expect, onTestFinished, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { judge } from '../../../main/redemption/outcome.ts'
import type { Credentials } from '../../../main/wechatpay/credentials.ts'
import { createTestGateway, enrolTill, useBody } from '../../support/till-credentials.ts'
import { type Scene, newRequestNo, openScene, patient } from '../../support/wechatpay-scene.ts'

const hourMs = 3_600_000

describe('platform certificates', () => {
  test('are fetched once for the first reply and kept', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
  })

  test('a new one is fetched when a reply names it, and the request is not lost', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    expect(await redeemNew(scene)).toBe('confirmed')
    await scene.control.rotateCertificate({ retireOld: false })
    // Both are valid: WeChat Pay still signs with the one that the till asks for.
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
    await scene.control.rotateCertificate({ retireOld: true })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('requests under way during a rotation are all confirmed', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    expect(await redeemNew(scene)).toBe('confirmed')
    await scene.control.renewSamples({})
    const codes = (await scene.control.samples({})).filter(({ kind }) => kind === 'valid')
    await scene.control.rotateCertificate({ retireOld: true })
    const outcomes = await Promise.all(codes.map(({ code }) => scene.redeem(code)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['confirmed', 'confirmed', 'confirmed'])
    // One list served them all.
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('the list is renewed in good time, and an old one is not relied on', async () => {
    const { scene, pass } = await openTimedScene()
    expect(await redeemNew(scene)).toBe('confirmed')
    pass(5 * hourMs)
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
    pass(8 * hourMs)
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('an outage of the list does not take away the certificates at hand', async () => {
    const { scene, pass } = await openTimedScene()
    expect(await redeemNew(scene)).toBe('confirmed')
    pass(13 * hourMs)
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'bad-gateway', times: 5, match })
    expect(await redeemNew(scene)).toBe('confirmed')
  })

  test('nor does a list that hangs, and it is not waited for again and again', async () => {
    const { scene, pass } = await openTimedScene({ totalMs: 400 })
    expect(await redeemNew(scene)).toBe('confirmed')
    pass(13 * hourMs)
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'delay-before-effect', ms: 3000, times: 9, match })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('a list that is not signed is not taken in', async () => {
    const scene = await openScene({
      mode: 'platform-certificates',
      gateway: { deadlines: { totalMs: 500 } },
    })
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'signtest', times: 9, match })
    expect(await scene.redeem(await scene.sample(), 'number-1')).toMatchObject({
      kind: 'unknown',
      reason: 'answer-not-verified',
      reached: true,
    })
  })

  test.each(['bad-gateway', 'signtest', 'reset-before-effect', 'captive-portal'] as const)(
    'a list that fails once (%s) is asked for again within a second or two, and the reply verified',
    async (kind) => {
      const scene = await openScene({ mode: 'platform-certificates' })
      await scene.control.addFault({ kind, match: { path: '/v3/certificates' } })
      const startedAt = performance.now()
      expect(await redeemNew(scene)).toBe('confirmed')
      expect(performance.now() - startedAt).toBeLessThan(2500)
    },
  )

  test('a list that fails for longer is asked for ever more rarely, by all who wait together', async () => {
    const scene = await openScene({
      mode: 'platform-certificates',
      gateway: { deadlines: { totalMs: 4000 } },
    })
    await scene.control.addFault({
      kind: 'bad-gateway',
      times: 99,
      match: { path: '/v3/certificates' },
    })
    await scene.control.renewSamples({})
    const codes = (await scene.control.samples({})).filter(({ kind }) => kind === 'valid')
    const outcomes = await Promise.all(codes.map(({ code }) => scene.redeem(code)))
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'unknown', 'unknown'])
    // At once, after one second, after two more.
    expect(await certificateRequests(scene)).toBe(3)
  })

  test('is fetched before the first reply needs it', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    await scene.gateway.prepare()
    expect(await certificateRequests(scene)).toBe(1)
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
  })

  test('with a public key no list is fetched at the start', async () => {
    const scene = await openScene({ mode: 'both' })
    await scene.gateway.prepare()
    expect(await certificateRequests(scene)).toBe(0)
  })

  test('is kept over restarts, and serves while a new one cannot be fetched', async () => {
    let kept: Buffer | null = null
    const certificateCache = {
      read: () => kept,
      write: (list: Buffer) => {
        kept = list
      },
    }
    const scene = await openScene({ mode: 'platform-certificates', gateway: { certificateCache } })
    await scene.gateway.prepare()
    expect(kept).not.toBeNull()
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'bad-gateway', times: 99, match })
    const restarted = createTestGateway(scene.till, {
      origins: [scene.standIn.origin],
      certificateCache,
    })
    onTestFinished(() => restarted.close())
    const { appid } = scene.till
    const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
    expect(judge(await restarted.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
  })

  test.each([
    ['of another merchant', (list: Buffer) => list],
    [
      'spoiled',
      (list: Buffer) =>
        Buffer.from(list.toString().replace('"ciphertext":"', '"ciphertext":"AAAA')),
    ],
    ['cut', (list: Buffer) => list.subarray(0, list.length / 2)],
    ['empty', () => Buffer.alloc(0)],
  ] as const)('a kept list that is %s is not believed', async (what, spoil) => {
    let list: Buffer = Buffer.alloc(0)
    const cache = { read: () => null, write: (next: Buffer) => (list = next) }
    const other = await openScene({
      mode: 'platform-certificates',
      gateway: { certificateCache: { ...cache, write: (next) => void cache.write(next) } },
    })
    await other.gateway.prepare()
    const scene =
      what === 'of another merchant' ? await openScene({ mode: 'platform-certificates' }) : other
    const gateway = createTestGateway(scene.till, {
      origins: [scene.standIn.origin],
      certificateCache: { read: () => spoil(list), write: () => undefined },
    })
    onTestFinished(() => gateway.close())
    const { appid } = scene.till
    const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
    const before = await certificateRequests(scene)
    expect(judge(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
    expect(await certificateRequests(scene)).toBe(before + 1)
  })

  test('entries that cannot be used, and zeros before a serial, take nothing from the others', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    await scene.control.behave({ certificateList: 'with-unusable-entries' })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
  })

  test('a wrong API v3 key opens nothing and confirms nothing, and says so', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    const other = await openScene({ mode: 'platform-certificates' })
    const trust = { ...scene.till.trust, apiV3Key: other.till.trust.apiV3Key }
    const gateway = createTestGateway({ ...scene.till, trust }, { origins: [scene.standIn.origin] })
    onTestFinished(() => gateway.close())
    const { appid } = scene.till
    const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
    expect(judge(await gateway.useCoupon(body, patient))).toMatchObject({
      kind: 'unknown',
      reason: 'reply-key-unknown',
      reached: true,
      evidence: { apiDetail: expect.stringContaining('key-unknown') },
    })
  })

  test('a serial that nobody knows is not asked for with every reply', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    expect(await redeemNew(scene)).toBe('confirmed')
    await scene.control.renewSamples({})
    const code = await scene.sample()
    await scene.control.addFault({ kind: 'unknown-serial', times: 3, match: { code } })
    for (let i = 0; i < 3; i += 1) {
      expect(await scene.redeem(code, 'number-1')).toMatchObject({ kind: 'unknown' })
    }
    expect(await certificateRequests(scene)).toBe(2)
  })
})

test('an error reply is not worth a list: it confirms nothing', async () => {
  const scene = await openScene({ mode: 'platform-certificates' })
  expect(await scene.redeem(await scene.sample('used'))).toMatchObject({ kind: 'refused' })
  expect(await certificateRequests(scene)).toBe(0)
})

describe('a migration to the public key', () => {
  test('replies verify before, during and after it, without a restart', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    const [before, during, after] = [
      await enrolTill(scene.standIn.controlOrigin, 'platform-certificates'),
      await enrolTill(scene.standIn.controlOrigin, 'both'),
      await enrolTill(scene.standIn.controlOrigin, 'public-key'),
    ]
    let current: Credentials = before
    const gateway = createTestGateway(scene.till, {
      origins: [scene.standIn.origin],
      credentials: { current: async () => ok(current) },
    })
    onTestFinished(() => gateway.close())
    async function redeem() {
      await scene.control.renewSamples({})
      const { appid } = scene.till
      const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
      return judge(await gateway.useCoupon(body, patient))
    }

    expect(await redeem()).toMatchObject({ kind: 'confirmed' })
    current = during
    // The merchant has the public key; WeChat Pay does not sign with it yet.
    expect(await redeem()).toMatchObject({ kind: 'confirmed' })
    await scene.control.behave({ keyMode: 'both' })
    expect(await redeem()).toMatchObject({ kind: 'confirmed' })
    await scene.control.behave({ keyMode: 'public-key' })
    expect(await redeem()).toMatchObject({ kind: 'confirmed' })
    current = after
    expect(await redeem()).toMatchObject({ kind: 'confirmed' })
  })
})

describe('the merchant certificate', () => {
  test('can be renewed while the till runs', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    let current: Credentials = { ...scene.till, serial: 'AB'.repeat(20) }
    const gateway = createTestGateway(scene.till, {
      origins: [scene.standIn.origin],
      credentials: { current: async () => ok(current) },
    })
    onTestFinished(() => gateway.close())
    const { appid } = scene.till
    const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
    expect(judge(await gateway.useCoupon(body, patient))).toMatchObject({
      kind: 'blocked',
      reason: 'signature-rejected',
      evidence: { apiMessage: expect.stringContaining('序列号有误') },
    })
    current = scene.till
    // The same recorded bytes, signed with what is current now; so is the request for the certificates.
    expect(judge(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
  })
})

/** A scene whose clock, the same for both sides, moves by hand. */
async function openTimedScene(deadlines = {}) {
  let now = Date.now()
  const clock = () => now
  const scene = await openScene({
    mode: 'platform-certificates',
    standIn: { now: clock },
    gateway: { clock, deadlines },
  })
  const pass = (ms: number) => {
    now += ms
  }
  return { scene, pass }
}

/** Redeems a fresh coupon; what comes of it. */
async function redeemNew(scene: Scene): Promise<string> {
  await scene.control.renewSamples({})
  return (await scene.redeem(await scene.sample())).kind
}

async function certificateRequests(scene: Scene): Promise<number> {
  const { requests } = await scene.control.ledger({})
  return requests['/v3/certificates'] ?? 0
}
