import type { KeyObject } from 'node:crypto'
import { type Result, err, ok } from '../contract/result.ts'
import type { Unproven } from '../redemption/gateway.ts'
import type { CertificateCache } from './certificate-cache.ts'
import type { SkewedClock, Span } from './clock-skew.ts'
import type { Credentials } from './credentials.ts'
import { certificatesRequest } from './endpoints.ts'
import type { Reply } from './exchange.ts'
import { parseJson } from './json.ts'
import { orPatienceEnds, startPatience } from './patience.ts'
import { type PlatformCertificate, openCertificates, plainSerial } from './platform-certificates.ts'
import { type ListFailure, PlatformTrust } from './platform-trust.ts'
import {
  type SignatureHeaders,
  type Verification,
  isSignedBy,
  readSignatureHeaders,
} from './reply-signature.ts'
import type { ReplyGuard } from './reply-guard.ts'
import type { SignedChannel } from './signed-channel.ts'

type TimedReply = Reply & { readonly span: Span }

export interface Trust {
  /** Serial of a key that this till can verify with, to be named in the request. */
  preferredSerial(credentials: Credentials): string | null
  /**
   * Whether the reply carries a signature, over its raw bytes, by a key of WeChat Pay's, that can belong to this request
   * and was never seen before.
   */
  verify(reply: TimedReply, credentials: Credentials, signal: AbortSignal): Promise<Verification>
  /** Fetches what replies are verified with, before the first one comes. Ends with `signal` at the latest. */
  prepare(credentials: Credentials, signal: AbortSignal): Promise<void>
}

export function createTrust(options: {
  readonly channel: SignedChannel
  readonly clock: SkewedClock
  readonly guard: ReplyGuard
  readonly fetchDeadlineMs: number
  readonly cache: CertificateCache | null
}): Trust {
  const { channel, clock, guard, cache } = options
  let platform: { of: Credentials; trust: PlatformTrust } | null = null

  /** Certificates belong to a merchant and its API v3 key; with another of either they start afresh. */
  function platformTrust(credentials: Credentials): PlatformTrust | null {
    const { apiV3Key } = credentials.trust
    if (apiV3Key === null) return null
    if (platform !== null && haveSameCertificates(platform.of, credentials)) {
      // The list is asked for with what is current: the merchant certificate may have been renewed.
      platform.of = credentials
      return platform.trust
    }
    const trust = new PlatformTrust(
      () => fetchCertificates(started.of, apiV3Key),
      () => clock.now(),
    )
    const started: { of: Credentials; trust: PlatformTrust } = { of: credentials, trust }
    platform = started
    const kept = cache?.read()
    // Still sealed by WeChat Pay, so that the API v3 key proves it anew.
    const list = kept == null ? null : openCertificates(parseJson(kept), apiV3Key)
    if (list?.ok === true) trust.restore(list.value)
    return trust
  }

  async function fetchCertificates(
    credentials: Credentials,
    apiV3Key: KeyObject,
  ): Promise<Result<readonly PlatformCertificate[], ListFailure>> {
    // Not the caller's patience: the list serves everybody who waits for it.
    const patience = startPatience(new AbortController().signal, options.fetchDeadlineMs)
    const sent = await channel.send(certificatesRequest(), credentials, null, patience.signal)
    patience.end()
    if (!sent.ok || sent.value.kind === 'failure') return err('unreachable')
    const reply = sent.value
    const body = reply.body && parseJson(reply.body)
    if (reply.status !== 200) return err(hasNone(reply.status, body) ? 'unusable' : 'unreachable')
    const list = openCertificates(body, apiV3Key)
    if (!list.ok) return err(list.error === 'not-a-certificate-list' ? 'unreachable' : 'unusable')
    const { publicKey } = credentials.trust
    const isSigned = isSignedByOneOf(reply, (serial) =>
      serial === publicKey?.id
        ? publicKey.key
        : (list.value.find((entry) => plainSerial(entry.serial) === plainSerial(serial))?.key ??
          null),
    )
    // A probe, perhaps: the next list is signed.
    if (!isSigned) return err('unreachable')
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
    return key !== null && isSignedBy(key, signed, reply.body) && guard.take(signed, reply.span)
  }

  async function keyFor(
    { serial }: SignatureHeaders,
    credentials: Credentials,
    reply: Reply,
    signal: AbortSignal,
  ): Promise<KeyObject | null> {
    const { publicKey } = credentials.trust
    if (publicKey?.id === serial) return publicKey.key
    const certificates = isPublicKeyId(serial) ? null : platformTrust(credentials)
    if (certificates === null) return null
    // An error confirms nothing, so nothing is fetched to verify it.
    if (reply.status >= 300) return certificates.knownKey(serial)
    const key = await orPatienceEnds(signal, certificates.keyFor(serial, signal))
    return key ?? certificates.knownKey(serial)
  }

  function unproven(
    why: Unproven['why'],
    signedWith: string,
    credentials: Credentials,
  ): Verification {
    const { publicKey } = credentials.trust
    const certificates = platformTrust(credentials)
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
      return publicKey?.id ?? platformTrust(credentials)?.preferredSerial() ?? null
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
      return guard.take(signed, reply.span)
        ? { kind: 'verified', signedWith: serial }
        : unproven('seen-before', serial, credentials)
    },
    async prepare(credentials, signal) {
      // With a public key the list is asked for when a reply names a certificate, if ever.
      if (credentials.trust.publicKey !== null) return
      await platformTrust(credentials)?.prefetch(signal)
    },
  }
}

/** This merchant has no certificates any more, and verifies with the public key. */
function hasNone(status: number, body: unknown): boolean {
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
