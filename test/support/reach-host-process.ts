// node reach-host-process.ts ORIGIN public|system: makes one request as a live till under this setting does, and prints the fault
// or the status.
import { createLiveGateway, nothingKept } from '../../main/app/live/live-gateway.ts'
import { AuthoritiesSetting } from '../../main/credentials/profile.ts'
import { createLocalSigner } from '../../main/wechatpay/local-signer.ts'
import { generateKeyPairSync } from 'node:crypto'

const [, , origin = '', setting] = process.argv
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const signer = createLocalSigner(privateKey)
const trust = { publicKey: null, apiV3Key: null }
const credentials = { merchantId: '1900000109', appid: 'wx1', serial: 'A1', signer, trust }
const gateway = createLiveGateway(
  { hosts: [origin], proxy: 'direct', authorities: AuthoritiesSetting.parse(setting) },
  { current: async () => ({ ok: true, value: credentials }) },
  { resolveProxy: async () => 'DIRECT', userAgent: 'test' },
  nothingKept,
)
const reply = await gateway.probe({ signal: AbortSignal.timeout(5000) })
console.log(reply.kind === 'answered' ? reply.status : reply.fault)
await gateway.close()
