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
  /** This till's identity, and whom it believes; PEM. */
  readonly clientCertificatePem: string
  readonly clientKeyPem: string
  readonly authoritiesPem: string
  readonly connectMs?: number
}

export interface RemoteSigner extends Signer {
  close(): Promise<void>
}

const Signed = z.object({ signature: z.string().regex(/^[A-Za-z0-9+/]{342,1024}={0,2}$/) })
const maxReplyBytes = 16_384
const defaultConnectMs = 3000

/**
 * Asks a server of the chain for each signature, so that no till holds the merchant key. POST `{merchantId, serial,
 * message}` (the message's bytes in Base64) over mutual TLS; 200 `{signature}`. A refusal (4xx) is a settings fault;
 * silence, 429 and 5xx pass.
 */
export function createRemoteSigner(options: RemoteSignerOptions): RemoteSigner {
  const { url, merchantId, serial } = options
  const address = new URL(url)
  if (address.protocol !== 'https:')
    throw new TypeError('a remote signer is asked over https alone')
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
        if (reply.statusCode === 429 || reply.statusCode >= 500) return err('signer-unreachable')
        const signed = reply.statusCode === 200 ? Signed.safeParse(parseJson(bytes)) : null
        return signed?.success ? ok(signed.data.signature) : err('signing-failed')
      } catch {
        // No connection, a broken one, a server that is not the one it should be, or the caller gave up.
        return err('signer-unreachable')
      }
    },
    close: () => client.destroy(),
  }
}
