import { Client } from 'undici'
import { z } from 'zod'
import { err, ok } from '../contract/result.ts'
import type { Signer } from './credentials.ts'
import { parseJson } from './json.ts'

export interface RemoteSignerOptions {
  /** `https://host[:port]/path`, to which signing requests are posted. */
  readonly url: string
  readonly merchantId: string
  readonly serial: string
  /** For mutual TLS, in PEM: this till's certificate and key, and the authorities of the signer's certificate. */
  readonly clientCertificatePem: string
  readonly clientKeyPem: string
  readonly authoritiesPem: string
  /** Deadline for opening a connection; 3000 by default. */
  readonly connectMs?: number
}

export interface RemoteSigner extends Signer {
  /** Closes the connection; calls under way fail as `signer-unreachable`. */
  close(): Promise<void>
}

const SignatureReply = z.object({ signature: z.string().regex(/^[A-Za-z0-9+/]{342,1024}={0,2}$/) })
const maxReplyBytes = 16_384
const defaultConnectMs = 3000

/**
 * Has each message signed by a server of the chain, so that no till holds the merchant key: a POST of `{merchantId,
 * serial, message}`, the message in Base64, over mutual TLS, to which the server replies 200 `{signature}`. No reply,
 * 429 and 5xx fail as `signer-unreachable`, which may pass; every other reply as `signing-failed`, which a person must
 * look at. Throws on an address that is not https.
 */
export function createRemoteSigner(options: RemoteSignerOptions): RemoteSigner {
  const { url, merchantId, serial } = options
  const address = new URL(url)
  if (address.protocol !== 'https:') throw new TypeError('a remote signer needs an https address')
  const client = new Client(address.origin, {
    connect: {
      cert: options.clientCertificatePem,
      key: options.clientKeyPem,
      ca: options.authoritiesPem,
      timeout: options.connectMs ?? defaultConnectMs,
    },
    maxResponseSize: maxReplyBytes,
  })
  return {
    async sign(message, signal) {
      const body = JSON.stringify({
        merchantId,
        serial,
        message: Buffer.from(message).toString('base64'),
      })
      try {
        const reply = await client.request({
          method: 'POST',
          path: address.pathname + address.search,
          headers: { 'content-type': 'application/json' },
          body,
          signal,
        })
        const bytes = Buffer.from(await reply.body.arrayBuffer())
        if (reply.statusCode === 429 || reply.statusCode >= 500)
          return err({ code: 'signer-unreachable' })
        const signed = reply.statusCode === 200 ? SignatureReply.safeParse(parseJson(bytes)) : null
        return signed?.success ? ok(signed.data.signature) : err({ code: 'signing-failed' })
      } catch {
        // No connection, a broken one, a server with a wrong certificate, or an aborted call.
        return err({ code: 'signer-unreachable' })
      }
    },
    close: () => client.destroy(),
  }
}
