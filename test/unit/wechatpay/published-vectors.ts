import { type KeyObject, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const Vectors = z.object({
  requestSigning: z.object({
    merchantPublicKey: z.string(),
    mchid: z.string(),
    serialNo: z.string(),
    requests: z.array(
      z.object({
        name: z.string(),
        method: z.enum(['GET', 'POST']),
        url: z.string(),
        timestamp: z.string(),
        nonce: z.string(),
        body: z.string(),
        signature: z.string(),
      }),
    ),
    authorizationHeaderOfTheFirst: z.string(),
  }),
  replyVerification: z.object({
    wechatpayPublicKey: z.string(),
    publicKeyId: z.string(),
    timestamp: z.string(),
    nonce: z.string(),
    body: z.string(),
    signature: z.string(),
  }),
  aes256gcm: z.array(
    z.object({
      source: z.string(),
      key: z.string(),
      associated_data: z.string(),
      nonce: z.string(),
      ciphertext: z.string(),
      plaintext: z.string().optional(),
    }),
  ),
  aes128KeysToRefuse: z.array(z.object({ source: z.string(), key: z.string() })),
})

/** Returns sample values published by WeChat Pay and its SDKs; the file names the source of each. */
export function publishedVectors(): z.infer<typeof Vectors> {
  const file = new URL('fixtures/published-vectors.json', import.meta.url)
  return Vectors.parse(JSON.parse(readFileSync(file, 'utf8')))
}

export function publicKeyFrom(spkiBase64: string): KeyObject {
  return createPublicKey({ key: Buffer.from(spkiBase64, 'base64'), format: 'der', type: 'spki' })
}
