import { Aes, Decorator } from 'wechatpay-axios-plugin'
import Pay from 'wechatpay-node-v3'
import { PayRequest } from 'wechatpay-node-v3/dist/lib/pay-request.js'
import { z } from 'zod'
import type { EnrolledTill } from './till-credentials.ts'

/* Two published clients of WeChat Pay API v3 that are independent of this project, unmodified except for the host. */

const Certificates = z.object({
  data: z.array(
    z.object({
      serial_no: z.string(),
      encrypt_certificate: z.object({
        nonce: z.string(),
        associated_data: z.string(),
        ciphertext: z.string(),
      }),
    }),
  ),
})

export type TrustedKeys = Record<string, string>

/** `wechatpay-axios-plugin`: its `baseURL` sets the host. It rejects a 2xx that does not verify. */
export function createAxiosPlugin(origin: string, till: EnrolledTill, certs: TrustedKeys) {
  const { v3 } = new Decorator({
    baseURL: `${origin}/`,
    mchid: till.merchantId,
    serial: till.serial,
    privateKey: till.privateKeyPem,
    certs,
  })
  return {
    get: async (path: string) => read(await v3.get(path)),
    post: async (path: string, body: object) => read(await v3.post(path, body)),
    /** Returns certificates in PEM by serial number, decrypted by the client's own cipher. */
    async certificates(apiV3Key: string): Promise<TrustedKeys> {
      const reply = Certificates.parse((await v3.get('/v3/certificates')).data)
      return Object.fromEntries(
        reply.data.map(({ serial_no: serial, encrypt_certificate: sealed }) => [
          serial,
          Aes.AesGcm.decrypt(sealed.ciphertext, apiV3Key, sealed.nonce, sealed.associated_data),
        ]),
      )
    },
  }
}

function read(response: { status: number; data: unknown }): { status: number; data: unknown } {
  return { status: response.status, data: response.data }
}

const fixedHost = 'https://api.mch.weixin.qq.com'

/** The client's own HTTP service with another host; the client lets callers replace it through `createHttp`. */
class RehostedRequest extends PayRequest {
  readonly #origin: string

  constructor(origin: string) {
    super()
    this.#origin = origin
  }

  override post(url: string, params: Record<string, unknown>, headers: Record<string, unknown>) {
    return super.post(url.replace(fixedHost, this.#origin), params, headers)
  }

  override get(url: string, headers: Record<string, unknown>) {
    return super.get(url.replace(fixedHost, this.#origin), headers)
  }
}

/** `wechatpay-node-v3` has no call for coupons; these use the functions that its own calls use. */
export class NodeV3Client extends Pay {
  constructor(origin: string, till: EnrolledTill, apiV3Key: string) {
    super({
      appid: till.appid,
      mchid: till.merchantId,
      serial_no: till.serial,
      publicKey: Buffer.from(till.certificatePem),
      privateKey: Buffer.from(till.privateKeyPem),
      key: apiV3Key,
    })
    this.createHttp(new RehostedRequest(origin))
  }

  post(path: string, body: Record<string, unknown>) {
    const url = fixedHost + path
    const authorization = this.buildAuthorization('POST', url, body)
    const headers = this.getHeaders(authorization, { 'Content-Type': 'application/json' })
    return this.httpService.post(url, body, headers)
  }

  get(path: string) {
    const url = fixedHost + path
    return this.httpService.get(url, this.getHeaders(this.buildAuthorization('GET', url)))
  }

  /** Returns the Authorization header that its own calls would send with these bytes. */
  authorizationFor(path: string, body: Record<string, unknown>): string {
    return this.buildAuthorization('POST', fixedHost + path, body)
  }
}
