import type { IncomingMessage } from 'node:http'

/** A request with its whole body. */
export interface IncomingRequest {
  readonly method: string
  /** Path and query as they stand in the request line, which is how they are signed. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

const maxBodyBytes = 256 * 1024

/** `null` when the connection broke, or the body is larger than any real request's. */
export async function readRequest(message: IncomingMessage): Promise<IncomingRequest | null> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of message) {
      if (!Buffer.isBuffer(chunk)) return null
      size += chunk.length
      if (size > maxBodyBytes) return null
      chunks.push(chunk)
    }
  } catch {
    // The connection broke, so nobody waits for a reply.
    return null
  }
  const { method = 'GET', url: target = '/', headers } = message
  return { method, target, headers, body: Buffer.concat(chunks) }
}

/** Percent-decodes a path segment. One that cannot be decoded is returned as it is, and will match nothing. */
export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
