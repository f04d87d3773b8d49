import type { KeyObject } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { type Result, err } from '../contract/result.ts'
import type { SkewedClock } from './clock-skew.ts'
import type { Credentials } from './credentials.ts'
import { certificatesRequest } from './endpoints.ts'
import type { Reply } from './exchange.ts'
import { type PlatformCertificate, openCertificates } from './platform-certificates.ts'
import { PlatformTrust } from './platform-trust.ts'
import { answered } from './reply.ts'
import {
  type SignatureHeaders,
  isFresh,
  isSignedBy,
  readSignatureHeaders,
} from './reply-signature.ts'
import type { SignedChannel } from './signed-channel.ts'
import type { SendLimits } from './transport.ts'

export interface Trust {
  /** Serial of a key that this till can verify with, to be named in the request. */
  preferredSerial(credentials: Credentials): string | null
  /** Whether the reply carries a fresh signature, over its raw bytes, by a key of WeChat Pay's. */
  verifies(reply: Reply, credentials: Credentials, limits: SendLimits): Promise<boolean>
}

export function createTrust(options: {
  readonly channel: SignedChannel
  readonly clock: SkewedClock
  readonly fetchDeadlineMs: number
}): Trust {
  const { channel, clock } = options
  let platform: { of: Credentials; trust: PlatformTrust } | null = null

  /** Certificates belong to a merchant and its API v3 key; other credentials start afresh. */
  function platformTrust(credentials: Credentials): PlatformTrust | null {
    const { apiV3Key } = credentials.trust
    if (apiV3Key === null) return null
    if (platform === null || !haveSameCertificates(platform.of, credentials)) {
      const trust = new PlatformTrust(
        () => fetchCertificates(credentials, apiV3Key),
        () => clock.now(),
      )
      platform = { of: credentials, trust }
    }
    return platform.trust
  }

  async function fetchCertificates(
    credentials: Credentials,
    apiV3Key: KeyObject,
  ): Promise<Result<readonly PlatformCertificate[], unknown>> {
    const limits = {
      signal: new AbortController().signal,
      deadlineAt: performance.now() + options.fetchDeadlineMs,
    }
    const sent = await channel.send(certificatesRequest(), credentials, null, limits)
    if (!sent.ok) return sent
    const reply = sent.value
    if (reply.kind === 'failure' || reply.status !== 200) return err(reply)
    const list = openCertificates(answered(reply, false, 0).body, apiV3Key)
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
    limits: SendLimits,
  ): Promise<KeyObject | null> {
    const { publicKey } = credentials.trust
    if (publicKey?.id === serial) return publicKey.key
    const certificates = serial.startsWith('PUB_KEY_ID_') ? null : platformTrust(credentials)
    return certificates && within(limits, certificates.keyFor(serial))
  }

  return {
    preferredSerial(credentials) {
      const { publicKey } = credentials.trust
      return publicKey?.id ?? platformTrust(credentials)?.preferredSerial() ?? null
    },
    async verifies(reply, credentials, limits) {
      const signed = readSignatureHeaders(reply.headers)
      if (signed === null || reply.body === null || !isFresh(signed, clock.now())) return false
      const key = await keyFor(signed, credentials, limits)
      return key !== null && isSignedBy(key, signed, reply.body)
    },
  }
}

function haveSameCertificates(a: Credentials, b: Credentials): boolean {
  if (a === b) return true
  const [keyA, keyB] = [a.trust.apiV3Key, b.trust.apiV3Key]
  return a.merchantId === b.merchantId && keyA !== null && keyB !== null && keyA.equals(keyB)
}

/** `null` when the caller's patience ends first; the work itself goes on for the next caller. */
async function within<T>(limits: SendLimits, work: Promise<T | null>): Promise<T | null> {
  let stop = nothingToStop
  const patience = new Promise<null>((resolve) => {
    const giveUp = () => resolve(null)
    const timer = setTimeout(giveUp, Math.max(0, limits.deadlineAt - performance.now()))
    limits.signal.addEventListener('abort', giveUp, { once: true })
    stop = () => {
      clearTimeout(timer)
      limits.signal.removeEventListener('abort', giveUp)
    }
  })
  try {
    return await Promise.race([work, patience])
  } finally {
    stop()
  }
}

function nothingToStop(): void {}
