import 'reflect-metadata'
import { sign, type KeyObject } from 'node:crypto'
import { createServer, type Server } from 'node:https'
import type { TLSSocket } from 'node:tls'
import { z } from 'zod'

export interface RemoteSignerServerOptions {
  readonly keyPem: string
  readonly certificatePem: string
  /** Clients with a certificate of this authority may send requests. */
  readonly clientAuthorityPem: string
  /** Merchant keys by certificate serial number. */
  readonly merchantKeys: ReadonlyMap<string, KeyObject>
  /**
   * Common names of the client certificates that may have something signed. A stolen till is removed from this list.
   */
  readonly allowed: ReadonlySet<string>
  readonly onAsked?: (who: string) => void
}

const Question = z.strictObject({
  merchantId: z.string(),
  serial: z.string(),
  message: z.base64().max(65_536),
})
/**
 * What the chain's tills may have signed. The merchant key could sign refunds and transfers too, which is why it is
 * kept in a separate signer.
 */
const signedRequest =
  /^(?:GET\n\/v3\/certificates|(?:GET|POST)\n\/v3\/marketing\/busifavor\/[^\n]*)\n\d+\n[^\n]+\n/
/** What one till hands over to another (docs/decisions/0029-hand-over-files.md). */
const handOver = /^HXTILL3 hand-over live\n\d+\n\w+\n[0-9a-f]{64}\n[0-9a-f]{64}\n$/
const maxQuestionBytes = 100_000

/**
 * Creates a reference implementation of a chain's own signer (docs/provisioning.md): `POST /sign` over mutual TLS. It
 * replies 401 without a client certificate, 403 for a till that is not on the list or a request that tills do not need,
 * and 404 for an unknown merchant certificate.
 */
export function createRemoteSignerServer(options: RemoteSignerServerOptions): Server {
  const tls = {
    key: options.keyPem,
    cert: options.certificatePem,
    ca: options.clientAuthorityPem,
    requestCert: true,
    rejectUnauthorized: true,
  }
  return createServer(tls, (request, response) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxQuestionBytes) request.destroy()
      chunks.push(chunk)
    })
    request.on('end', () => {
      const who = commonName(request.socket)
      options.onAsked?.(who ?? '')
      const { status, body } = answer(options, who, Buffer.concat(chunks).toString('utf8'))
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    })
  })
}

function answer(
  { allowed, merchantKeys }: RemoteSignerServerOptions,
  who: string | null,
  asked: string,
): { status: number; body: object } {
  if (who === null || !allowed.has(who)) return { status: 403, body: { code: 'TILL_NOT_ALLOWED' } }
  const question = Question.safeParse(parseJson(asked))
  if (!question.success) return { status: 400, body: { code: 'MALFORMED' } }
  const key = merchantKeys.get(question.data.serial)
  if (key === undefined) return { status: 404, body: { code: 'SERIAL_UNKNOWN' } }
  const message = Buffer.from(question.data.message, 'base64')
  const text = message.toString('utf8')
  if (!signedRequest.test(text) && !handOver.test(text))
    return { status: 403, body: { code: 'REQUEST_NOT_ALLOWED' } }
  return { status: 200, body: { signature: sign('sha256', message, key).toString('base64') } }
}

function commonName(socket: unknown): string | null {
  if (!isTls(socket) || !socket.authorized) return null
  const { CN: name } = socket.getPeerCertificate().subject
  return typeof name === 'string' ? name : null
}

function isTls(socket: unknown): socket is TLSSocket {
  return typeof socket === 'object' && socket !== null && 'getPeerCertificate' in socket
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The schema rejects `undefined`.
    return undefined
  }
}
