import type { KeyObject } from 'node:crypto'
import { type Result, err } from '../contract/result.ts'
import type { SkewedClock } from './clock-skew.ts'
import type { Credentials } from './credentials.ts'
import { certificatesRequest } from './endpoints.ts'
import type { Reply } from './exchange.ts'
import { parseJson } from './json.ts'
import { orPatienceEnds, startPatience } from './patience.ts'
import { type PlatformCertificate, openCertificates } from './platform-certificates.ts'
import { PlatformTrust } from './platform-trust.ts'
import {
  type SignatureHeaders,
  isFresh,
  isSignedBy,
  readSignatureHeaders,
} from './reply-signature.ts'
import type { SignedChannel } from './signed-channel.ts'

export interface Trust {
  /** Serial of a key that this till can verify with, to be named in the request. */
  preferredSerial(credentials: Credentials): string | null
  /** Whether the reply carries a fresh signature, over its raw bytes, by a key of WeChat Pay's. */
  verifies(reply: Reply, credentials: Credentials, signal: AbortSignal): Promise<boolean>
}

export function createTrust(options: {
  readonly channel: SignedChannel
  readonly clock: SkewedClock
  readonly fetchDeadlineMs: number
}): Trust {
  const { channel, clock } = options
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
    return trust
  }

  async function fetchCertificates(
    credentials: Credentials,
    apiV3Key: KeyObject,
  ): Promise<Result<readonly PlatformCertificate[], unknown>> {
    // Not the caller's patience: the list serves everybody who waits for it.
    const patience = startPatience(new AbortController().signal, options.fetchDeadlineMs)
    const sent = await channel.send(certificatesRequest(), credentials, null, patience.signal)
    patience.end()
    if (!sent.ok) return sent
    const reply = sent.value
    if (reply.kind === 'failure' || reply.status !== 200) return err(reply)
    const list = openCertificates(reply.body && parseJson(reply.body), apiV3Key)
    if (!list.ok) return list
    const { publicKey } = credentials.trust
    const isSigned = isSignedByOneOf(reply, (serial) =>
      serial === publicKey?.id
        ? publicKey.key
        : (list.value.find((entry) => entry.serial === serial)?.key ?? null),
    )
    return isSigned ? list : err('list-not-signed')
  }

  function isSignedByOneOf(reply: Reply, keyOf: (serial: string) => KeyObject | null): boolean {
    const signed = readSignatureHeaders(reply.headers)
    if (signed === null || reply.body === null || !isFresh(signed, clock.now())) return false
    const key = keyOf(signed.serial)
    return key !== null && isSignedBy(key, signed, reply.body)
  }

  async function keyFor(
    { serial }: SignatureHeaders,
    credentials: Credentials,
    reply: Reply,
    signal: AbortSignal,
  ): Promise<KeyObject | null> {
    const { publicKey } = credentials.trust
    if (publicKey?.id === serial) return publicKey.key
    const certificates = serial.startsWith('PUB_KEY_ID_') ? null : platformTrust(credentials)
    if (certificates === null) return null
    // An error confirms nothing, so nothing is fetched to verify it.
    if (reply.status >= 300) return certificates.knownKey(serial)
    const key = await orPatienceEnds(signal, certificates.keyFor(serial))
    return key ?? certificates.knownKey(serial)
  }

  return {
    preferredSerial(credentials) {
      const { publicKey } = credentials.trust
      return publicKey?.id ?? platformTrust(credentials)?.preferredSerial() ?? null
    },
    async verifies(reply, credentials, signal) {
      const signed = readSignatureHeaders(reply.headers)
      if (signed === null || reply.body === null || !isFresh(signed, clock.now())) return false
      const key = await keyFor(signed, credentials, reply, signal)
      return key !== null && isSignedBy(key, signed, reply.body)
    },
  }
}

function haveSameCertificates(a: Credentials, b: Credentials): boolean {
  if (a === b) return true
  const [keyA, keyB] = [a.trust.apiV3Key, b.trust.apiV3Key]
  return a.merchantId === b.merchantId && keyA !== null && keyB !== null && keyA.equals(keyB)
}
