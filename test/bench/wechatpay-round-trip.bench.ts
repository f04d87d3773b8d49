import { spawn } from 'node:child_process'
import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { judge } from '../../main/redemption/outcome.ts'
import { createPracticeKeys } from '../../main/training/practice-keys.ts'
import { createCredentials } from '../../main/wechatpay/merchant-credentials.ts'
import { createTestGateway, useBody } from '../support/till-credentials.ts'
import type { BenchRow } from './bench-row.ts'
import { measurePaired } from './paired.ts'

const target = '/v3/marketing/busifavor/coupons/use'
const merchantId = '1900000109'
const patient = { signal: new AbortController().signal }

/** A redemption over loopback, signed, sent, verified and judged; and the least code that does so. */
export async function bench(): Promise<BenchRow[]> {
  const merchant = await createPracticeKeys()
  const wechatpay = await createPracticeKeys()
  const publicKeyPem = createPublicKey(wechatpay.certificatePem)
    .export({ format: 'pem', type: 'spki' })
    .toString()
  const server = await startServer(wechatpay.privateKeyPem)
  const credentials = createCredentials({
    merchantId,
    appid: 'wxd678efh567hg6787',
    serial: merchant.serial,
    privateKeyPem: merchant.privateKeyPem,
    publicKey: { id: 'PUB_KEY_ID_0', pem: publicKeyPem },
    apiV3Key: null,
  })
  if (!credentials.ok) throw new Error(credentials.error)
  const gateway = createTestGateway(credentials.value, { origins: [server.origin] })
  const body = useBody({
    code: '1201059453000011082766',
    appid: 'wxd678efh567hg6787',
    useRequestNo: 'till-000000001',
  })
  const bare = createBare(server.origin, merchant, publicKeyPem, body)

  const [ours = 0, peer = 0] = await measurePaired(
    [
      async () => {
        const outcome = judge(await gateway.useCoupon(body, patient))
        if (outcome.kind !== 'confirmed') throw new Error(`not confirmed: ${outcome.kind}`)
      },
      () => bare.redeem(),
    ],
    { rounds: 60, callsPerRound: 25 },
  )
  await Promise.all([gateway.close(), bare.close()])
  server.close()
  const measure = 'verified round trip over loopback, µs, against bare undici with sign and verify'
  return [{ measure, ours, peer, ratio: ours / peer, goal: 1.2, better: 'lower' }]
}

function createBare(
  origin: string,
  merchant: { serial: string; privateKeyPem: string },
  publicKeyPem: string,
  body: Uint8Array,
) {
  const pool = new Pool(origin, { connections: 4 })
  const [privateKey, publicKey] = [
    createPrivateKey(merchant.privateKeyPem),
    createPublicKey(publicKeyPem),
  ]
  return {
    close: () => pool.destroy(),
    async redeem() {
      const timestamp = Math.floor(Date.now() / 1000)
      const nonce = randomBytes(16).toString('hex')
      const text = Buffer.from(body).toString()
      const message = Buffer.from(`POST\n${target}\n${timestamp}\n${nonce}\n${text}\n`)
      const signature = sign('sha256', message, privateKey).toString('base64')
      const reply = await pool.request({
        method: 'POST',
        path: target,
        headers: {
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': 'bare',
          authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${merchantId}",nonce_str="${nonce}",signature="${signature}",timestamp="${timestamp}",serial_no="${merchant.serial}"`,
        },
        body,
      })
      const bytes = Buffer.from(await reply.body.arrayBuffer())
      const { headers } = reply
      const signed = `${String(headers['wechatpay-timestamp'])}\n${String(headers['wechatpay-nonce'])}\n${bytes.toString()}\n`
      const replySignature = Buffer.from(String(headers['wechatpay-signature']), 'base64')
      if (!verify('sha256', Buffer.from(signed), publicKey, replySignature)) {
        throw new Error('not verified')
      }
      return JSON.parse(bytes.toString())
    },
  }
}

async function startServer(privateKeyPem: string) {
  const body = JSON.stringify({
    stock_id: '1282070000000009',
    openid: 'o01G1wO3',
    wechatpay_use_time: '2026-01-02T15:04:05+08:00',
  })
  const timestamp = String(Math.floor(Date.now() / 1000))
  const message = Buffer.from(`${timestamp}\nnonce\n${body}\n`)
  const headers = {
    'Content-Type': 'application/json',
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': 'nonce',
    'Wechatpay-Serial': 'PUB_KEY_ID_0',
    'Wechatpay-Signature': sign('sha256', message, privateKeyPem).toString('base64'),
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
    'Request-ID': '08F5B8-0',
  }
  const file = fileURLToPath(new URL('signed-reply-server.ts', import.meta.url))
  const child = spawn(process.execPath, [file, JSON.stringify({ headers, body })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface(child.stdout), 'line')
  return { origin: `http://127.0.0.1:${String(line)}`, close: () => child.kill() }
}
