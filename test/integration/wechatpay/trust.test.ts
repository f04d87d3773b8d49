import { describe, expect, onTestFinished, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import type { Credentials } from '../../../main/wechatpay/credentials.ts'
import { createTestGateway, enrolTill, useBody } from '../../support/till-credentials.ts'
import {
  certificateRequests,
  newRequestNo,
  openScene,
  patient,
  redeemNew,
} from '../../support/wechatpay-scene.ts'

const hourMs = 3_600_000

describe('platform certificates', () => {
  test('are fetched once for the first reply and kept', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
  })

  test('a new one is fetched when a reply names it, and that request is not lost', async () => {
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
    // One list served all of them.
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('the list is renewed in good time, and an outdated one is not used', async () => {
    const { scene, pass } = await openTimedScene()
    expect(await redeemNew(scene)).toBe('confirmed')
    pass(5 * hourMs)
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
    pass(8 * hourMs)
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('while the list cannot be fetched, the certificates at hand are used', async () => {
    const { scene, pass } = await openTimedScene()
    expect(await redeemNew(scene)).toBe('confirmed')
    pass(13 * hourMs)
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'bad-gateway', times: 5, match })
    expect(await redeemNew(scene)).toBe('confirmed')
  })

  test('a list request that hangs does not stop them being used either, and is not waited for again and again', async () => {
    const { scene, pass } = await openTimedScene({ totalMs: 3000 })
    expect(await redeemNew(scene)).toBe('confirmed')
    pass(13 * hourMs)
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'delay-before-effect', ms: 60_000, times: 9, match })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(2)
  })

  test('an unsigned list is rejected', async () => {
    const scene = await openScene({
      mode: 'platform-certificates',
      gateway: { deadlines: { totalMs: 3000 } },
    })
    const match = { path: '/v3/certificates' }
    await scene.control.addFault({ kind: 'signtest', times: 9, match })
    expect(await scene.redeem(await scene.sample(), 'number-1')).toMatchObject({
      kind: 'unknown',
      reason: 'answer-not-verified',
      reached: true,
    })
  })

  test('a wrong API v3 key decrypts nothing, confirms nothing, and is reported', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    const other = await openScene({ mode: 'platform-certificates' })
    const trust = { ...scene.till.trust, apiV3Key: other.till.trust.apiV3Key }
    const gateway = createTestGateway({ ...scene.till, trust }, { origins: [scene.standIn.origin] })
    onTestFinished(() => gateway.close())
    const { appid } = scene.till
    const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
    expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({
      kind: 'unknown',
      reason: 'reply-key-unknown',
      reached: true,
      evidence: { apiDetail: expect.stringContaining('key-unknown') },
    })
  })

  test('the list is not fetched with every reply that has an unknown serial number', async () => {
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

test('the list is not fetched for an error reply, which confirms nothing anyway', async () => {
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
      return judgeReply(await gateway.useCoupon(body, patient))
    }

    expect(await redeem()).toMatchObject({ kind: 'confirmed' })
    current = during
    // The merchant has the public key, but WeChat Pay does not sign with it yet.
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
    expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({
      kind: 'blocked',
      reason: 'signature-rejected',
      evidence: { apiMessage: expect.stringContaining('序列号有误') },
    })
    current = scene.till
    // The same recorded bytes, signed with the current certificate; likewise the request for the certificates.
    expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
  })
})

/** A scene whose clock, the same for both sides, is moved by the test. */
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
