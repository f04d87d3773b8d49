import {
  type KeyObject,
  createCipheriv,
  createPrivateKey,
  createPublicKey,
  createSign,
  randomBytes,
} from 'node:crypto'
import { type ApiReply, beijingTime, apiError, success } from './api-reply.ts'
import type { Behaviour } from './behaviour.ts'
import type { IssuedKey, PlatformCertificate, World } from './world.ts'

const parsedKeys = new WeakMap<IssuedKey, KeyObject>()

/**
 * The headers with which WeChat Pay signs a reply (API v3, signature verification). `askedFor` is the request's
 * `Wechatpay-Serial`.
 */
export function signatureHeaders(
  world: World,
  behaviour: Behaviour,
  reply: { body: Uint8Array; now: number; askedFor: string | null },
): Record<string, string> {
  const signer = chooseSigner(world, behaviour, reply.askedFor, reply.now)
  const timestamp = String(Math.floor(reply.now / 1000))
  const nonce = randomBytes(16).toString('hex')
  const signature = createSign('RSA-SHA256')
    .update(`${timestamp}\n${nonce}\n`)
    .update(reply.body)
    .update('\n')
    .sign(privateKey(signer.issued), 'base64')
  return {
    'Wechatpay-Timestamp': timestamp,
    'Wechatpay-Nonce': nonce,
    'Wechatpay-Serial': signer.serial,
    'Wechatpay-Signature': signature,
    'Wechatpay-Signature-Type': 'WECHATPAY2-SHA256-RSA2048',
  }
}

interface ReplySigner {
  /** As `Wechatpay-Serial` names it. */
  readonly serial: string
  readonly issued: IssuedKey
}

function chooseSigner(
  world: World,
  behaviour: Behaviour,
  askedFor: string | null,
  now: number,
): ReplySigner {
  const publicKey = { serial: world.publicKey.id, issued: world.publicKey }
  const certificates = world.platformCertificates
    .filter((entry) => entry.validFrom <= now && now < entry.validUntil)
    .map((entry) => ({ serial: serialOf(entry, behaviour), issued: entry }))
  const newest = certificates.at(-1)
  if (behaviour.keyMode === 'public-key' || newest === undefined) return publicKey
  if (behaviour.keyMode === 'both' && askedFor === publicKey.serial) return publicKey
  return certificates.find((entry) => entry.serial === askedFor) ?? newest
}

/** `GET /v3/certificates`: certificates encrypted with the API v3 key. A merchant in public-key mode has none. */
export function listCertificates(world: World, behaviour: Behaviour): ApiReply {
  if (behaviour.keyMode === 'public-key') {
    return apiError(
      404,
      'RESOURCE_NOT_EXISTS',
      '无可用的平台证书，请在商户平台-API安全申请使用微信支付公钥。可查看指引https://pay.weixin.qq.com/doc/v3/merchant/4012153196',
    )
  }
  const entries = world.platformCertificates.map((entry) => ({
    ...listEntry(entry, world.apiV3Key),
    serial_no: serialOf(entry, behaviour),
  }))
  return success({
    data: hasUnusable(behaviour) ? [...unusableEntries(entries), ...entries] : entries,
  })
}

function hasUnusable({ certificateList }: Behaviour): boolean {
  return certificateList === 'with-unusable-entries'
}

/** As the stand-in writes it: with leading zeros, where the list is not plain. */
function serialOf({ serial }: PlatformCertificate, behaviour: Behaviour): string {
  return hasUnusable(behaviour) ? `00${serial}` : serial
}

/**
 * One with the algorithm of 国密 merchants, one of an unknown shape, and one with a serial other than its certificate's.
 */
function unusableEntries([first]: readonly ListEntry[]): object[] {
  if (first === undefined) return []
  const { encrypt_certificate: encrypted } = first
  return [
    { ...first, encrypt_certificate: { ...encrypted, algorithm: 'AEAD_SM4_GCM' } },
    { serial_no: 'AB01', effective_time: null },
    { ...first, serial_no: 'AB02' },
  ]
}

/** An entry of the list, under the API's names. */
interface ListEntry {
  readonly serial_no: string
  readonly effective_time: string
  readonly expire_time: string
  readonly encrypt_certificate: object
}

function listEntry(certificate: PlatformCertificate, apiV3Key: string): ListEntry {
  const nonce = randomBytes(6).toString('hex')
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce), {
    authTagLength: 16,
  })
  cipher.setAAD(Buffer.from('certificate'))
  const ciphertext = Buffer.concat([
    cipher.update(certificate.certificatePem, 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ])
  return {
    serial_no: certificate.serial,
    effective_time: beijingTime(certificate.validFrom),
    expire_time: beijingTime(certificate.validUntil),
    encrypt_certificate: {
      algorithm: 'AEAD_AES_256_GCM',
      nonce,
      associated_data: 'certificate',
      ciphertext: ciphertext.toString('base64'),
    },
  }
}

/** The public key with which replies can be verified in public-key mode. */
export function publicKeyPem(world: World): string {
  return createPublicKey(world.publicKey.certificatePem)
    .export({ format: 'pem', type: 'spki' })
    .toString()
}

function privateKey(issued: IssuedKey): KeyObject {
  const parsed = parsedKeys.get(issued) ?? createPrivateKey(issued.privateKeyPem)
  parsedKeys.set(issued, parsed)
  return parsed
}
