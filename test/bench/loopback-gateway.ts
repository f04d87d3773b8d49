import { spawn } from 'node:child_process'
import { createPublicKey, sign } from 'node:crypto'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createPracticeKeys } from '../../main/training/practice-keys.ts'
import { createCredentials } from '../../main/wechatpay/merchant-credentials.ts'
import { createTestGateway } from '../support/till-credentials.ts'

export const merchantId = '1900000109'
export const appid = 'wxd678efh567hg6787'

/** Opens the real client, and a server in a separate process that confirms everything with one signed reply. */
export async function openLoopbackGateway() {
  const merchant = await createPracticeKeys()
  const wechatpay = await createPracticeKeys()
  const publicKeyPem = createPublicKey(wechatpay.certificatePem)
    .export({ format: 'pem', type: 'spki' })
    .toString()
  const server = await startServer(wechatpay.privateKeyPem)
  const credentials = createCredentials({
    merchantId,
    appid,
    serial: merchant.serial,
    privateKeyPem: merchant.privateKeyPem,
    publicKey: { id: 'PUB_KEY_ID_0', pem: publicKeyPem },
    apiV3Key: null,
  })
  if (!credentials.ok) throw new Error(credentials.error.code)
  const gateway = createTestGateway(credentials.value, { origins: [server.origin] })
  return {
    gateway,
    merchant,
    publicKeyPem,
    origin: server.origin,
    async close() {
      await gateway.close()
      server.close()
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
