import { createPrivateKey, sign } from 'node:crypto'
import { createPracticeKeys } from '../../main/training/practice-keys.ts'
import { createLocalSigner } from '../../main/wechatpay/local-signer.ts'
import { signRequest, requestMessage } from '../../main/wechatpay/request-signature.ts'
import { NodeV3Client } from '../support/published-clients.ts'
import type { BenchRow } from './bench-row.ts'
import { measurePaired } from './paired.ts'

const target = '/v3/marketing/busifavor/coupons/use'
const body = {
  coupon_code: '1201059453000011082766',
  appid: 'wxd678efh567hg6787',
  use_time: '2026-01-02T15:04:05+08:00',
  use_request_no: 'till-000000001',
}

/** Measures one whole `Authorization` header: ours, only the signature, and the published client's. */
export async function bench(): Promise<BenchRow[]> {
  const { privateKeyPem, certificatePem, serial } = await createPracticeKeys()
  const credentials = {
    merchantId: '1900000109',
    appid: body.appid,
    serial,
    signer: createLocalSigner(privateKeyPem),
    trust: { publicKey: null, apiV3Key: null },
  }
  const request = {
    method: 'POST',
    target,
    body: Buffer.from(JSON.stringify(body)),
    hasTimeInBody: true,
  } as const
  const at = { timestamp: 1_554_208_460, nonce: '593BEC0C930BF1AFEB40B4A08C8FB242' }
  const { signal } = new AbortController()
  const key = createPrivateKey(privateKeyPem)
  const message = requestMessage(request, at)
  const till = { ...credentials, privateKeyPem, certificatePem }
  const peer = new NodeV3Client('http://127.0.0.1:9', till, '0'.repeat(32))

  const [ours = 0, bare = 0, others = 0] = await measurePaired(
    [
      () => signRequest(request, credentials, at, signal),
      async () => sign('sha256', message, key),
      async () => peer.authorizationFor(target, body),
    ],
    { rounds: 60, callsPerRound: 25 },
  )
  return [
    row('sign a request, per second, against crypto.sign with a KeyObject', ours, bare, 0.95),
    row('sign a request, per second, against wechatpay-node-v3', ours, others, 2),
  ]
}

function row(measure: string, oursUs: number, peerUs: number, goal: number): BenchRow {
  const [ours, peer] = [1e6 / oursUs, 1e6 / peerUs]
  return { measure, ours, peer, ratio: ours / peer, goal, better: 'higher' }
}
