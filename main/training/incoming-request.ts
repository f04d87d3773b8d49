import type { IncomingMessage } from 'node:http'

/** A request as it came in, its body whole. */
export interface IncomingRequest {
  readonly method: string
  /** The request line's target, raw: it is signed as it was sent. */
  readonly target: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

const maxBodyBytes = 256 * 1024

/** `null` when the sender broke off or sent more than any real request holds. */
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
    // The sender broke off: there is nobody to answer.
    return null
  }
  const { method = 'GET', url: target = '/', headers } = message
  return { method, target, headers, body: Buffer.concat(chunks) }
}

/** A path segment as it was meant; one with a stray `%` stays as it is and names nothing. */
export function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
