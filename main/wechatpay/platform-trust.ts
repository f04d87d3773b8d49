import type { KeyObject } from 'node:crypto'
import type { Result } from '../contract/result.ts'
import type { PlatformCertificate } from './platform-certificates.ts'

/** WeChat Pay asks for an interval under 12 hours. */
const maxAgeMs = 12 * 3_600_000
/** From here on a request renews the list beside itself, without waiting for it. */
const renewAfterMs = 6 * 3_600_000
/** A serial that the list did not hold is not asked for again before this: a stranger could send any number of them. */
const unknownSerialPauseMs = 30_000
const maxUnknownSerials = 100
/** After a failed renewal the certificates at hand serve so long before the next. */
const failurePauseMs = 60_000

export type FetchCertificates = () => Promise<Result<readonly PlatformCertificate[], unknown>>

/** The platform certificates (平台证书) of one merchant: several valid at once, renewed on age and on an unknown serial. */
export class PlatformTrust {
  readonly #fetch: FetchCertificates
  readonly #clock: () => number
  readonly #unknown = new Map<string, number>()
  #certificates = new Map<string, PlatformCertificate>()
  #fetchedAt: number | null = null
  #failedAt: number | null = null
  #fetching: Promise<void> | null = null

  constructor(fetch: FetchCertificates, clock: () => number) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** The newest serial that is valid now, to ask WeChat Pay to sign with; `null` before the first list. */
  preferredSerial(): string | null {
    let newest: PlatformCertificate | null = null
    for (const certificate of this.#certificates.values()) {
      if (!this.#isValid(certificate)) continue
      if (newest === null || certificate.validFrom > newest.validFrom) newest = certificate
    }
    return newest?.serial ?? null
  }

  /** Without asking anybody. */
  knownKey(serial: string): KeyObject | null {
    const certificate = this.#certificates.get(serial)
    return certificate !== undefined && this.#isValid(certificate) ? certificate.key : null
  }

  /** Asks WeChat Pay where it must. */
  async keyFor(serial: string): Promise<KeyObject | null> {
    const age = this.#age()
    const known = this.knownKey(serial)
    if (known !== null && (age <= renewAfterMs || this.#hasJustFailed())) return known
    if (known === null && this.#isPaused(serial)) return null
    const renewal = this.#renew()
    if (known !== null && age < maxAgeMs) return known
    await renewal
    const now = this.knownKey(serial)
    if (now === null) this.#pause(serial)
    return now
  }

  #replace(certificates: readonly PlatformCertificate[]): void {
    this.#certificates = new Map(certificates.map((entry) => [entry.serial, entry]))
    this.#fetchedAt = this.#clock()
    this.#failedAt = null
  }

  #renew(): Promise<void> {
    this.#fetching ??= this.#fetchList()
    return this.#fetching
  }

  async #fetchList(): Promise<void> {
    try {
      const list = await this.#fetch()
      // A failed renewal keeps what is known: an outage must not take the keys away.
      if (list.ok && list.value.length > 0) this.#replace(list.value)
      else this.#failedAt = this.#clock()
    } finally {
      this.#fetching = null
    }
  }

  #age(): number {
    return this.#fetchedAt === null ? Infinity : this.#clock() - this.#fetchedAt
  }

  #hasJustFailed(): boolean {
    return this.#failedAt !== null && this.#clock() - this.#failedAt < failurePauseMs
  }

  #isValid(certificate: PlatformCertificate): boolean {
    const now = this.#clock()
    return certificate.validFrom <= now && now < certificate.validUntil
  }

  #isPaused(serial: string): boolean {
    const missedAt = this.#unknown.get(serial)
    return missedAt !== undefined && this.#clock() - missedAt < unknownSerialPauseMs
  }

  #pause(serial: string): void {
    if (this.#unknown.size >= maxUnknownSerials) this.#unknown.clear()
    this.#unknown.set(serial, this.#clock())
  }
}
