import { err, ok, type Result } from '../contract/result.ts'

/** Reads the body of a request as UTF-8. Fails for more than `most` bytes, and for what is no UTF-8. */
export async function readBody(
  { body }: Request,
  most: number,
): Promise<Result<string, 'too-large' | 'invalid-request'>> {
  if (body === null) return ok('')
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > most) return err('too-large')
    chunks.push(chunk)
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)))
  } catch {
    return err('invalid-request')
  }
}
