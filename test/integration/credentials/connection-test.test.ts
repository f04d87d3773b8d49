import { createSecretKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { ok, err } from '../../../main/contract/result.ts'
import type { ConnectionFinding } from '../../../main/contract/setup.ts'
import { testConnection } from '../../../main/credentials/connection-test.ts'
import { readMerchantCertificate } from '../../../main/credentials/merchant-certificate.ts'
import type { Credentials } from '../../../main/wechatpay/credentials.ts'
import type { WechatpayOptions } from '../../../main/wechatpay/wechatpay-gateway.ts'
import { closedPort, serveHttpProxy } from '../../support/loopback-servers.ts'
import { createMerchantMaterial } from '../../support/merchant-material.ts'
import { createTestGateway, type KeyMode } from '../../support/till-credentials.ts'
import { openScene, type Scene } from '../../support/wechatpay-scene.ts'
import { createLocalSigner } from '../../../main/wechatpay/local-signer.ts'
import { answered } from '../../support/answered.ts'

const patience = () => AbortSignal.timeout(60_000)

async function run(
  scene: Scene,
  credentials: Credentials = scene.till,
  options: Partial<WechatpayOptions> = {},
) {
  const gateway = createTestGateway(credentials, { origins: [scene.standIn.origin], ...options })
  onTestFinished(() => gateway.close())
  return testConnection(gateway, credentials, patience())
}

describe('against the stand-in', () => {
  test.each<KeyMode>(['public-key', 'platform-certificates', 'both'])(
    '%s: passed',
    async (mode) => {
      expect(await run(await openScene({ mode }))).toMatchObject({ finding: 'passed' })
    },
  )

  test('a mistyped appid is found, which only a coupon would show otherwise', async () => {
    const scene = await openScene({ mode: 'both' })
    expect(await run(scene, { ...scene.till, appid: 'wx00000000000typo' })).toMatchObject({
      finding: 'appid-not-bound',
      said: { code: 'PARAM_ERROR' },
    })
  })

  test.each([
    ['PARAM_ERROR', 'openid与appid不匹配'],
    ['USER_NOT_EXISTS', 'openid不正确'],
    ['SYSTEM_ERROR', '系统错误'],
  ])(
    'an answer about the made-up coupon (%s %s) is none about the appid',
    async (code, message) => {
      const scene = await openScene({ mode: 'both' })
      const match = { path: '/v3/marketing/busifavor/users' }
      await scene.control.addFault({ kind: 'error', status: 400, code, message, times: 9, match })
      expect(await run(scene)).toMatchObject({ finding: 'passed' })
    },
  )

  test('unsigned errors prove nothing', async () => {
    const scene = await openScene()
    await scene.control.behave({ errorsSigned: false })
    expect(await run(scene)).toMatchObject({
      finding: 'reply-not-signed',
      said: { code: 'RESOURCE_NOT_EXISTS' },
    })
  })

  test.each([
    [400, 'INVALID_REQUEST', '此IP地址不允许调用该接口', 'address-not-allowed'],
    [400, 'PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误', 'reply-not-verified'],
    [400, 'PARAM_ERROR', 'Http头缺少Accept或User-Agent', 'authorization-malformed'],
    [403, 'NO_AUTH', '无权限', 'no-permission'],
    [403, 'FORBIDDEN', 'no', 'reply-not-signed'],
    [400, 'PARAM_ERROR', '参数错误', 'reply-not-signed'],
  ])('%i %s %s, unsigned, is not taken for success', async (status, code, message, finding) => {
    const scene = await openScene()
    const fault = { kind: 'error', status, code, message, signed: false, times: 9 } as const
    await scene.control.addFault(fault)
    expect(await run(scene)).toMatchObject({ finding })
  })

  test.each(['bad-gateway', 'error'] as const)(
    'platform certificates that cannot be fetched (%s) do not matter where the public key verifies',
    async (kind) => {
      const scene = await openScene()
      const match = { path: '/v3/certificates' }
      const busy = { status: 500, code: 'SYSTEM_ERROR', message: '系统错误', signed: false }
      await scene.control.addFault(
        kind === 'error' ? { kind, ...busy, times: 9, match } : { kind, times: 9, match },
      )
      expect(await run(scene)).toMatchObject({ finding: 'passed' })
      const certificates = await openScene({ mode: 'platform-certificates' })
      await certificates.control.addFault({ kind: 'bad-gateway', times: 99, match })
      expect(await run(certificates)).toMatchObject({ finding: 'service-error' })
    },
  )

  test('a wrong public key, a wrong id and a wrong API v3 key are each found', async () => {
    const scene = await openScene({ mode: 'both' })
    const { publicKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const right = scene.till.trust.publicKey
    const id = right?.id ?? ''
    const apiV3Key = createSecretKey(randomBytes(32))
    const trusting = (trust: Partial<Credentials['trust']>) => ({
      ...scene.till,
      trust: { ...scene.till.trust, ...trust },
    })
    for (const other of [null, scene.till.trust.apiV3Key])
      expect(await run(scene, trusting({ publicKey: { id, key }, apiV3Key: other }))).toMatchObject(
        { finding: 'reply-not-verified' },
      )
    expect(await run(scene, trusting({ apiV3Key }))).toMatchObject({ finding: 'api-v3-key-wrong' })
    const otherId = right && { id: 'PUB_KEY_ID_0000000000000000000000000000000009', key: right.key }
    expect(await run(scene, trusting({ publicKey: otherId }))).toMatchObject({
      finding: 'public-key-not-used',
    })
    await scene.control.behave({ keyMode: 'public-key' })
    expect(await run(scene, trusting({ publicKey: otherId, apiV3Key: null }))).toMatchObject({
      finding: 'reply-not-verified',
      signedWith: id,
    })
    const certificates = await openScene({ mode: 'platform-certificates' })
    const wrongApiV3Key = { ...certificates.till, trust: { publicKey: null, apiV3Key } }
    expect(await run(certificates, wrongApiV3Key)).toMatchObject({ finding: 'reply-not-verified' })
  })

  test('platform certificates that no longer exist are reported to a till without a public key', async () => {
    const scene = await openScene({ mode: 'both' })
    await scene.control.behave({ keyMode: 'public-key' })
    const trust = { ...scene.till.trust, publicKey: null }
    expect(await run(scene, { ...scene.till, trust })).toMatchObject({
      finding: 'platform-certificates-gone',
      said: { code: 'RESOURCE_NOT_EXISTS' },
    })
  })

  test('serial number, merchant, key and expiry are each checked', async () => {
    const scene = await openScene()
    const { keyPem } = await createMerchantMaterial()
    const past = await createMerchantMaterial({ validFrom: 0, validUntil: Date.now() - 1000 })
    await scene.control.enrol({ certificatePem: past.certificatePem })
    const serial = readMerchantCertificate(past.certificatePem)?.serial ?? ''
    expect(await run(scene, { ...scene.till, serial: 'ABCD' })).toMatchObject({
      finding: 'serial-wrong',
    })
    expect(await run(scene, { ...scene.till, merchantId: '1000000000' })).toMatchObject({
      finding: 'merchant-unknown',
    })
    expect(await run(scene, { ...scene.till, signer: createLocalSigner(keyPem) })).toMatchObject({
      finding: 'signature-wrong',
    })
    const expired = { ...scene.till, serial, signer: createLocalSigner(past.keyPem) }
    expect(await run(scene, expired)).toMatchObject({ finding: 'certificate-expired' })
  })

  test('a clock that is off is corrected and reported', async () => {
    const scene = await openScene()
    const report = await run(scene, scene.till, { clock: () => Date.now() - 3_600_000 })
    expect(report.finding).toBe('passed')
    expect(Math.abs(report.clockOffsetMs - 3_600_000)).toBeLessThan(60_000)
  })

  test("a captive portal's page is not taken for WeChat Pay", async () => {
    const scene = await openScene()
    await scene.control.addFault({ kind: 'captive-portal' })
    expect(await run(scene)).toMatchObject({ finding: 'not-wechat-pay' })
  })

  test('faults of name, port and proxy are told apart', async () => {
    const scene = await openScene()
    const name = { origins: ['https://no-such-host.invalid'] }
    expect(await run(scene, scene.till, name)).toMatchObject({ finding: 'name-not-found' })
    const port = { origins: [`http://127.0.0.1:${await closedPort()}`] }
    expect(await run(scene, scene.till, port)).toMatchObject({ finding: 'no-connection' })
    const proxy = await serveHttpProxy(403)
    const proxied = {
      origins: ['https://localhost:9'],
      resolveProxy: async () => `PROXY 127.0.0.1:${proxy.port}`,
    }
    expect(await run(scene, scene.till, proxied)).toMatchObject({ finding: 'proxy' })
  })

  test('a locked keychain is reported', async () => {
    const scene = await openScene()
    const report = await run(scene, scene.till, {
      credentials: { current: async () => err({ code: 'keychain-locked' as const }) },
    })
    expect(report).toMatchObject({ finding: 'keychain-locked', said: null })
  })
})

// Messages as in WeChat Pay's FAQ and its real replies (wechat-pay.md §3.4).
const reasons: [string, ConnectionFinding][] = [
  ['商户未设置APIv3密钥。请登录商户平台设置', 'api-v3-key-not-set'],
  ['商户未申请过证书。请到商户平台上申请证书授权机构颁发的证书', 'no-certificate-applied-for'],
  ['商户证书序列号有误。请使用签名私钥匹配的证书序列号', 'serial-wrong'],
  ['商户证书已过期', 'certificate-expired'],
  ['商户证书已作废，请使用新证书', 'certificate-revoked'],
  ['商户已更换证书，请使用新证书', 'certificate-replaced'],
  ['错误的签名，导致验签失败', 'signature-wrong'],
  [
    'Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》',
    'authorization-malformed',
  ],
  ['Http头Authorization认证类型不正确', 'authorization-malformed'],
  ['Http头Authorization中的timestamp与发起请求的时间不得超过5分钟', 'clock-wrong'],
  ['something new', 'sign-error-other'],
]

test.each(reasons)('401 "%s": %s', async (message, finding) => {
  const body = { code: 'SIGN_ERROR', message }
  const unsigned = { status: 401, verified: false, carriesSignature: false, body } as const
  const gateway = {
    probe: async () => answered({ ...unsigned, requestId: 'A-1' }),
    queryStock: async () => ok(unused()),
    queryCoupon: async () => ok(unused()),
    clockSkew: () => ({ offsetMs: 0, level: 'small' }) as const,
  }
  const { publicKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const trust = { publicKey: { id: 'PUB_KEY_ID_01', key }, apiV3Key: null }
  const report = await testConnection(gateway, { trust, appid: 'wx1' }, patience())
  expect(report).toEqual({
    finding,
    said: { code: 'SIGN_ERROR', message },
    requestId: 'A-1',
    clockOffsetMs: 0,
  })
})

function unused(): never {
  throw new Error('a refused signature must not be tried again')
}
