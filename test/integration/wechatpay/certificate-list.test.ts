import { describe, expect, onTestFinished, test } from 'vitest'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import {
  certificateRequests,
  newRequestNo,
  openScene,
  patient,
  redeemNew,
} from '../../support/wechatpay-scene.ts'

describe('the list of platform certificates', () => {
  test.each(['bad-gateway', 'signtest', 'reset-before-effect', 'captive-portal'] as const)(
    'a list that fails once (%s) is fetched again within a second or two, and the reply is verified',
    async (kind) => {
      const scene = await openScene({ mode: 'platform-certificates' })
      await scene.control.addFault({ kind, match: { path: '/v3/certificates' } })
      const startedAt = performance.now()
      expect(await redeemNew(scene)).toBe('confirmed')
      // A list that is asked for too often rests for 30 s: far from that, however busy this machine is.
      expect(performance.now() - startedAt).toBeLessThan(15_000)
    },
  )

  test('a list that goes on failing is fetched less and less often, for all requests that wait for it', async () => {
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
    // At once, after one second, and after two more; each of the three that wait would have fetched it by itself, again and again. A busy
    // machine is past the deadline only after four more seconds, and asks once more.
    expect([3, 4]).toContain(await certificateRequests(scene))
  })

  test('is fetched before the first reply needs it', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    await scene.gateway.prepare()
    expect(await certificateRequests(scene)).toBe(1)
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
  })

  test('is not fetched at the start where there is a public key', async () => {
    const scene = await openScene({ mode: 'both' })
    await scene.gateway.prepare()
    expect(await certificateRequests(scene)).toBe(0)
  })

  test('is kept over restarts, and used while a new one cannot be fetched', async () => {
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
    expect(judgeReply(await restarted.useCoupon(body, patient))).toMatchObject({
      kind: 'confirmed',
    })
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
  ] as const)('a kept list that is %s is rejected', async (what, spoil) => {
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
    expect(judgeReply(await gateway.useCoupon(body, patient))).toMatchObject({ kind: 'confirmed' })
    expect(await certificateRequests(scene)).toBe(before + 1)
  })

  test('entries that cannot be used, and serial numbers with leading zeros, do not affect the others', async () => {
    const scene = await openScene({ mode: 'platform-certificates' })
    await scene.control.behave({ certificateList: 'with-unusable-entries' })
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await redeemNew(scene)).toBe('confirmed')
    expect(await certificateRequests(scene)).toBe(1)
  })
})
