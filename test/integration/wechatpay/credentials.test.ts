import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { err } from '../../../main/contract/result.ts'
import { judgeReply } from '../../../main/redemption/judge-reply.ts'
import type { CredentialFault, SigningFault } from '../../../main/wechatpay/credentials.ts'
import { createCredentials } from '../../../main/wechatpay/merchant-credentials.ts'
import type { WechatpayOptions } from '../../../main/wechatpay/wechatpay-gateway.ts'
import { createTestGateway, useBody } from '../../support/till-credentials.ts'
import { type Scene, createScene, newRequestNo, patient } from '../../support/wechatpay-scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
  return () => scene.close()
})

async function redeem(credentials: WechatpayOptions['credentials']) {
  const gateway = createTestGateway(scene.till, { origins: [scene.standIn.origin], credentials })
  onTestFinished(() => gateway.close())
  const { appid } = scene.till
  const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
  return gateway.useCoupon(body, patient)
}

const noCredentials: CredentialFault['code'][] = [
  'credentials-missing',
  'keychain-unavailable',
  'keychain-locked',
]

test.each(noCredentials)('without credentials (%s) nothing is sent', async (code) => {
  const before = await scene.control.ledger({})
  expect(await redeem({ current: async () => err({ code }) })).toEqual({
    kind: 'unsendable',
    fault: code,
  })
  expect(await scene.control.ledger({})).toEqual(before)
})

const signingFaults: [SigningFault['code'], string, string][] = [
  ['signing-failed', 'blocked', 'signature-rejected'],
  ['keychain-locked', 'blocked', 'keychain-locked'],
  ['keychain-unavailable', 'blocked', 'keychain-unavailable'],
  // The remote signer may be back soon, as with a dead line.
  ['signer-unreachable', 'unknown', 'no-connection'],
]

test.each(signingFaults)('a signer fault %s is judged %s, %s', async (code, kind, reason) => {
  const before = await scene.control.ledger({})
  const signer = { sign: async () => err({ code }) }
  const reply = await redeem({
    current: async () => ({ ok: true, value: { ...scene.till, signer } }),
  })
  expect(judgeReply(reply)).toMatchObject({ kind, reason })
  expect(await scene.control.ledger({})).toEqual(before)
})

test("a remote signer's request is aborted when the caller gives up", async () => {
  const signer = {
    sign: (_message: Uint8Array, signal: AbortSignal) =>
      new Promise<ReturnType<typeof err<SigningFault>>>((resolve) => {
        signal.addEventListener('abort', () => resolve(err({ code: 'signer-unreachable' })))
      }),
  }
  const gateway = createTestGateway(
    { ...scene.till, signer },
    { origins: [scene.standIn.origin], deadlines: { totalMs: 100 } },
  )
  onTestFinished(() => gateway.close())
  const { appid } = scene.till
  const body = useBody({ code: await scene.sample(), appid, useRequestNo: newRequestNo() })
  expect(await gateway.useCoupon(body, patient)).toMatchObject({ mayHaveArrived: false })
})

test.each([
  [{ privateKeyPem: 'no key' }, 'private-key-unreadable'],
  [{ publicKey: { id: 'PUB_KEY_ID_0', pem: 'no key' } }, 'public-key-unreadable'],
  [{ apiV3Key: 'too short' }, 'api-v3-key-not-32-characters'],
  [{ publicKey: null, apiV3Key: null }, 'nothing-to-verify-with'],
])('secrets with %j make no credentials: %s', (wrong, code) => {
  const secrets = {
    merchantId: '1900000109',
    appid: 'wx1',
    serial: 'ab12',
    privateKeyPem: scene.till.privateKeyPem,
    publicKey: null,
    apiV3Key: '0123456789abcdef0123456789abcdef',
  }
  expect(createCredentials(secrets)).toMatchObject({ ok: true, value: { serial: 'AB12' } })
  expect(createCredentials({ ...secrets, ...wrong })).toEqual({ ok: false, error: { code } })
})
