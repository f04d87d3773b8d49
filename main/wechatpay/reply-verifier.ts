import type { KeyObject } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'
import type { Unproven } from '../redemption/gateway.ts'
import type { CertificateCache } from './certificate-cache.ts'
import type { CorrectedClock, Span } from './clock-skew.ts'
import type { Credentials } from './credentials.ts'
import { certificatesRequest } from './endpoints.ts'
import type { Reply } from './exchange.ts'
import { parseJson } from './json.ts'
import { orAborted, startDeadline } from './deadline.ts'
import {
  type PlatformCertificate,
  decryptCertificates,
  plainSerial,
} from './platform-certificates.ts'
import { type CertificateFetchFault, CertificateList } from './certificate-list.ts'
import {
  type SignatureHeaders,
  type Verification,
  isSignedBy,
  readSignatureHeaders,
} from './reply-signature.ts'
import type { ReplyGuard } from './reply-guard.ts'
import type { SignedChannel } from './signed-channel.ts'

type TimedReply = Reply & { readonly span: Span }

export interface ReplyVerifier {
  /**
   * The serial, or public key id, that a request names so that its reply is signed with it; `null` if none is known.
   */
  preferredSerial(credentials: Credentials): string | null
  /**
   * Tells whether the reply has a signature, over its raw bytes, by a key of WeChat Pay's, that can belong to this
   * request and was never seen before. Fetches platform certificates where needed, for as long as `signal` is not
   * aborted.
   */
  verify(reply: TimedReply, credentials: Credentials, signal: AbortSignal): Promise<Verification>
  /** Fetches the platform certificates before the first reply needs them, for as long as `signal` is not aborted. */
  prepare(credentials: Credentials, signal: AbortSignal): Promise<void>
}

export function createReplyVerifier(options: {
  readonly channel: SignedChannel
  readonly clock: CorrectedClock
  readonly guard: ReplyGuard
  readonly fetchDeadlineMs: number
  readonly cache: CertificateCache | null
}): ReplyVerifier {
  const { channel, clock, guard, cache } = options
  let platform: { of: Credentials; list: CertificateList } | null = null

  /** The certificates for a merchant and its API v3 key; another merchant or key begins with an empty list. */
  function certificateList(credentials: Credentials): CertificateList | null {
    const { apiV3Key } = credentials.trust
    if (apiV3Key === null) return null
    if (platform !== null && haveSameCertificates(platform.of, credentials)) {
      // Requests for the list are signed with the latest credentials: the merchant certificate may have been renewed.
      platform.of = credentials
      return platform.list
    }
    const list = new CertificateList(
      () => fetchCertificates(started.of, apiV3Key),
      () => clock.now(),
    )
    const started: { of: Credentials; list: CertificateList } = { of: credentials, list }
    platform = started
    const cached = cache?.read() ?? null
    // Decrypting them proves again that they are WeChat Pay's.
    const restored = cached === null ? null : decryptCertificates(parseJson(cached), apiV3Key)
    if (restored?.ok === true) list.restore(restored.value)
    return list
  }

  async function fetchCertificates(
    credentials: Credentials,
    apiV3Key: KeyObject,
  ): Promise<Result<readonly PlatformCertificate[], CertificateFetchFault>> {
    // Not the caller's signal, because several callers may be waiting for the list.
    const deadline = startDeadline(new AbortController().signal, options.fetchDeadlineMs)
    const sent = await channel.send(certificatesRequest(), credentials, null, deadline.signal)
    deadline.end()
    if (!sent.ok || sent.value.kind === 'fault') return err({ code: 'unreachable' })
    const reply = sent.value
    const body = reply.body && parseJson(reply.body)
    if (reply.status !== 200)
      return err({ code: hasNoCertificates(reply.status, body) ? 'unusable' : 'unreachable' })
    const list = decryptCertificates(body, apiV3Key)
    if (!list.ok) {
      const isNoList = list.error.code === 'not-a-certificate-list'
      return err({ code: isNoList ? 'unreachable' : 'unusable' })
    }
    const { publicKey } = credentials.trust
    const isSigned = isSignedByOneOf(reply, (serial) =>
      serial === publicKey?.id
        ? publicKey.key
        : (list.value.find((entry) => plainSerial(entry.serial) === plainSerial(serial))?.key ??
          null),
    )
    // Perhaps one of WeChat Pay's deliberately wrong signatures: a later reply will have a right one.
    if (!isSigned) return err({ code: 'unreachable' })
    if (reply.body !== null) cache?.write(reply.body)
    return ok(list.value)
  }

  function isTimely({ timestamp }: SignatureHeaders, { span }: TimedReply): boolean {
    return guard.isTimely(Number(timestamp) * 1000, span)
  }

  function isSignedByOneOf(
    reply: TimedReply,
    keyOf: (serial: string) => KeyObject | null,
  ): boolean {
    const signed = readSignatureHeaders(reply.headers)
    if (signed === null || reply.body === null || !isTimely(signed, reply)) return false
    const key = keyOf(signed.serial)
    return key !== null && isSignedBy(key, signed, reply.body) && guard.accept(signed, reply.span)
  }

  async function keyFor(
    { serial }: SignatureHeaders,
    credentials: Credentials,
    reply: Reply,
    signal: AbortSignal,
  ): Promise<KeyObject | null> {
    const { publicKey } = credentials.trust
    if (publicKey?.id === serial) return publicKey.key
    const certificates = isPublicKeyId(serial) ? null : certificateList(credentials)
    if (certificates === null) return null
    // Nothing is fetched to verify an error, because an error confirms nothing.
    if (reply.status >= 300) return certificates.knownKey(serial)
    const key = await orAborted(signal, certificates.keyFor(serial, signal))
    return key ?? certificates.knownKey(serial)
  }

  function unproven(
    why: Unproven['why'],
    signedWith: string,
    credentials: Credentials,
  ): Verification {
    const { publicKey } = credentials.trust
    const certificates = certificateList(credentials)
    const tillHas = [
      ...(publicKey === null ? [] : [publicKey.id]),
      ...(certificates?.serials() ?? []),
    ]
    const isEarly = why === 'key-unknown' && !isPublicKeyId(signedWith) && certificates?.hasNoList
    return { kind: 'unproven', why: isEarly === true ? 'no-keys-yet' : why, signedWith, tillHas }
  }

  return {
    preferredSerial(credentials) {
      const { publicKey } = credentials.trust
      return publicKey?.id ?? certificateList(credentials)?.preferredSerial() ?? null
    },
    async verify(reply, credentials, signal) {
      const { headers, body } = reply
      if (headers['wechatpay-signature'] === undefined) return { kind: 'unsigned' }
      const signed = readSignatureHeaders(headers)
      if (signed === null)
        return unproven('signature-wrong', String(headers['wechatpay-serial'] ?? ''), credentials)
      const { serial } = signed
      if (body === null) return unproven('not-read', serial, credentials)
      if (!isTimely(signed, reply)) return unproven('too-old', serial, credentials)
      const key = await keyFor(signed, credentials, reply, signal)
      if (key === null) return unproven('key-unknown', serial, credentials)
      if (!isSignedBy(key, signed, body)) return unproven('signature-wrong', serial, credentials)
      return guard.accept(signed, reply.span)
        ? { kind: 'verified', signedWith: serial }
        : unproven('seen-before', serial, credentials)
    },
    async prepare(credentials, signal) {
      // With a public key the list is needed only when a reply names a certificate, if ever.
      if (credentials.trust.publicKey !== null) return
      await certificateList(credentials)?.prefetch(signal)
    },
  }
}

/** Whether WeChat Pay replied that this merchant has no certificates: it verifies with a public key alone. */
function hasNoCertificates(status: number, body: unknown): boolean {
  return status === 404 && typeof body === 'object' && body !== null && 'code' in body
}

function isPublicKeyId(serial: string): boolean {
  return serial.startsWith('PUB_KEY_ID_')
}

function haveSameCertificates(a: Credentials, b: Credentials): boolean {
  if (a === b) return true
  const [keyA, keyB] = [a.trust.apiV3Key, b.trust.apiV3Key]
  return a.merchantId === b.merchantId && keyA !== null && keyB !== null && keyA.equals(keyB)
}
