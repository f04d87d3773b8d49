import { createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { Pool } from 'undici'
import { judgeReply } from '../../main/redemption/judge-reply.ts'
import { useBody } from '../support/till-credentials.ts'
import type { BenchRow } from './bench-row.ts'
import { appid, merchantId, openLoopbackGateway } from './loopback-gateway.ts'
import { measurePaired } from './paired.ts'

const target = '/v3/marketing/busifavor/coupons/use'
const patient = { signal: new AbortController().signal }

/**
 * Measures a redemption over loopback, signed, sent, verified and judged, against the least code that does the same.
 */
export async function bench(): Promise<BenchRow[]> {
  const loopback = await openLoopbackGateway()
  const { gateway, merchant, publicKeyPem } = loopback
  const body = useBody({
    code: '1201059453000011082766',
    appid,
    useRequestNo: 'till-000000001',
  })
  const bare = createBare(loopback.origin, merchant, publicKeyPem, body)

  const [ours = 0, peer = 0] = await measurePaired(
    [
      async () => {
        const outcome = judgeReply(await gateway.useCoupon(body, patient))
        if (outcome.kind !== 'confirmed') throw new Error(`not confirmed: ${outcome.kind}`)
      },
      () => bare.redeem(),
    ],
    { rounds: 60, callsPerRound: 25 },
  )
  await Promise.all([loopback.close(), bare.close()])
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
