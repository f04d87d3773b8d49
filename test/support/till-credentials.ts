import { randomBytes } from 'node:crypto'
import { ok } from '../../main/contract/result.ts'
import { createControlClient } from '../../main/training/control-client.ts'
import { createPracticeKeys } from '../../main/training/practice-keys.ts'
import type { Credentials } from '../../main/wechatpay/credentials.ts'
import { createCredentials } from '../../main/wechatpay/merchant-credentials.ts'
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

/** A new merchant certificate, enrolled with a stand-in, as credentials for our client. */
export async function enrolTill(
  controlOrigin: string,
  mode: KeyMode = 'public-key',
): Promise<EnrolledTill> {
  const keys = await createPracticeKeys()
  const { certificatePem, privateKeyPem, serial } = keys
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
  if (!credentials.ok) throw new Error(credentials.error)
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
    ...options,
  })
}

export function useBody(of: {
  code: string
  appid: string
  useRequestNo: string
  stockId?: string
}): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      coupon_code: of.code,
      ...(of.stockId === undefined ? {} : { stock_id: of.stockId }),
      appid: of.appid,
      use_time: '2026-01-02T15:04:05+08:00',
      use_request_no: of.useRequestNo,
    }),
  )
}
