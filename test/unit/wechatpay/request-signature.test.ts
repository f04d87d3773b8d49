import { generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ok } from '../../../main/contract/result.ts'
import { createLocalSigner } from '../../../main/wechatpay/local-signer.ts'
import { signRequest, requestMessage } from '../../../main/wechatpay/request-signature.ts'
import { publicKeyFrom, publishedVectors } from './published-vectors.ts'

const { requestSigning } = publishedVectors()
const { signal } = new AbortController()

describe('request signature', () => {
  const key = publicKeyFrom(requestSigning.merchantPublicKey)

  test.each(requestSigning.requests)(
    'signs the message that WeChat Pay published: $name',
    (sample) => {
      const message = requestMessage(
        { method: sample.method, target: sample.url, body: Buffer.from(sample.body) },
        { timestamp: Number(sample.timestamp), nonce: sample.nonce },
      )
      const signature = Buffer.from(sample.signature, 'base64')
      expect(verify('sha256', message, key, signature)).toBe(true)
      expect(verify('sha256', Buffer.concat([message, Buffer.from(' ')]), key, signature)).toBe(
        false,
      )
    },
  )

  test('is written into the header as WeChat Pay published it', async () => {
    const [sample] = requestSigning.requests
    if (sample === undefined) throw new Error('the vectors hold a request')
    const header = await signRequest(
      { method: sample.method, target: sample.url, body: Buffer.from(sample.body) },
      {
        merchantId: requestSigning.mchid,
        serial: requestSigning.serialNo,
        signer: { sign: async () => ok(sample.signature) },
      },
      { timestamp: Number(sample.timestamp), nonce: sample.nonce },
      signal,
    )
    expect(header).toEqual(ok(requestSigning.authorizationHeaderOfTheFirst))
  })

  test('by a local key verifies with its public key', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    const message = Buffer.from('a message')
    const signed = await createLocalSigner(pem).sign(message, signal)
    if (!signed.ok) throw new Error(signed.error.code)
    const signature = Buffer.from(signed.value, 'base64')
    expect(verify('sha256', message, pair.publicKey, signature)).toBe(true)
  })

  test('with a key that is not RSA is refused at once', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const pem = pair.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    expect(() => createLocalSigner(pem)).toThrow('RSA')
  })
})
