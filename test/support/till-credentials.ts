import { randomBytes } from 'node:crypto'
import { ok } from '../../main/contract/result.ts'
import { createControlClient } from '../../main/training/control-client.ts'
import { createPracticeKeys } from '../../main/training/practice-keys.ts'
import type { Credentials } from '../../main/wechatpay/credentials.ts'
import { createCredentials } from '../../main/wechatpay/merchant-credentials.ts'
import { type UseCoupon, encodeUseCoupon } from './request-bodies.ts'
import {
  type WechatpayGateway,
  type WechatpayOptions,
  createWechatpayGateway,
} from '../../main/wechatpay/wechatpay-gateway.ts'

export type KeyMode = 'public-key' | 'platform-certificates' | 'both'

export interface EnrolledTill extends Credentials {
  readonly privateKeyPem: string
  readonly certificatePem: string
}

let practiceKeys: ReturnType<typeof createPracticeKeys> | null = null

/**
 * Returns client credentials with a merchant certificate that is enrolled with a stand-in. All tests of a file share
 * one, because making keys is slow.
 */
export async function enrolTill(
  controlOrigin: string,
  mode: KeyMode = 'public-key',
): Promise<EnrolledTill> {
  practiceKeys ??= createPracticeKeys()
  const { certificatePem, privateKeyPem, serial } = await practiceKeys
  const enrolled = await createControlClient(controlOrigin).enrol({ certificatePem })
  const credentials = createCredentials({
    merchantId: enrolled.mchid,
    appid: enrolled.appid,
    serial,
    privateKeyPem,
    publicKey:
      mode === 'platform-certificates'
        ? null
        : { id: enrolled.publicKeyId, pem: enrolled.publicKeyPem },
    apiV3Key: mode === 'public-key' ? null : enrolled.apiV3Key,
  })
  if (!credentials.ok) throw new Error(credentials.error.code)
  return { ...credentials.value, privateKeyPem, certificatePem }
}

export function createTestGateway(
  credentials: Credentials,
  options: Partial<WechatpayOptions> & Pick<WechatpayOptions, 'origins'>,
): WechatpayGateway {
  return createWechatpayGateway({
    credentials: { current: async () => ok(credentials) },
    clock: Date.now,
    nonce: () => randomBytes(16).toString('hex').toUpperCase(),
    userAgent: 'hexiao-till-tests',
    certificateCache: null,
    verifiedTime: null,
    certificateAuthorities: 'public',
    resolveProxy: null,
    ...options,
  })
}

const startedAt = Date.now()

/** Returns the request's bytes as the till records them; the same for the same input. */
export function useBody(
  of: Omit<UseCoupon, 'couponCode' | 'useTime'> & { code: string },
): Uint8Array {
  const { code, ...rest } = of
  const body = encodeUseCoupon({ couponCode: code, useTime: startedAt, ...rest })
  if (!body.ok) throw new Error(`test data: ${body.error.field}`)
  return body.value
}
