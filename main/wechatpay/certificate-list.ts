import type { KeyObject } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Result } from '../contract/result.ts'
import { type PlatformCertificate, plainSerial } from './platform-certificates.ts'

/** WeChat Pay asks for an interval under 12 hours. */
const maxAgeMs = 12 * 3_600_000
/** From this age on a request has the list fetched again, without waiting for it. */
const renewAfterMs = 6 * 3_600_000
/**
 * For this long no list is fetched for a serial that the last one did not hold, as anybody can send unknown serials.
 */
const unknownSerialPauseMs = 30_000
const maxUnknownSerials = 100
/** The pause after a fetch that failed; doubled with each further one. */
const firstPauseMs = 1000
const longestPauseMs = 60_000

export interface CertificateFetchFault {
  readonly code:
    /** A later fetch may succeed. */
    | 'unreachable'
    /** A list came, and nothing in it can be used with this API v3 key. */
    | 'unusable'
}
export type FetchCertificates = () => Promise<
  Result<readonly PlatformCertificate[], CertificateFetchFault>
>

/**
 * The platform certificates (平台证书) of one merchant, several of which are valid at once. The list is fetched again when
 * it is old, and when a reply names a serial that it does not hold.
 */
export class CertificateList {
  readonly #fetch: FetchCertificates
  readonly #clock: () => number
  readonly #unknown = new Map<string, number>()
  #certificates = new Map<string, PlatformCertificate>()
  #fetchedAt: number | null = null
  #failures = 0
  #lastFault: CertificateFetchFault['code'] | null = null
  /** No list is fetched before this time of the monotonic clock. */
  #notBefore = 0
  #fetching: Promise<void> | null = null

  /** `clock` is in epoch milliseconds. */
  constructor(fetch: FetchCertificates, clock: () => number) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /**
   * Takes over the certificates of an earlier run. They can be used at once; the first request has them fetched again.
   */
  restore(certificates: readonly PlatformCertificate[]): void {
    this.#replaceBy(certificates)
    this.#fetchedAt = this.#clock() - renewAfterMs - 1
  }

  /** The serial of the newest certificate that is valid now; `null` if there is none. */
  preferredSerial(): string | null {
    let newest: PlatformCertificate | null = null
    for (const certificate of this.#certificates.values()) {
      if (!this.#isValid(certificate)) continue
      if (newest === null || certificate.validFrom > newest.validFrom) newest = certificate
    }
    return newest?.serial ?? null
  }

  serials(): string[] {
    return [...this.#certificates.values()].map(({ serial }) => serial)
  }

  /** No list has been fetched yet, so that nothing can be said of any serial. */
  get hasNoList(): boolean {
    return this.#certificates.size === 0 && this.#lastFault !== 'unusable'
  }

  /** The key of a valid certificate in the present list; `null` if it is not there. */
  knownKey(serial: string): KeyObject | null {
    const certificate = this.#certificates.get(plainSerial(serial))
    return certificate !== undefined && this.#isValid(certificate) ? certificate.key : null
  }

  /**
   * The key of this serial, after fetching the list where that is needed; `null` if it is not in there. Where fetching
   * fails it is tried again, until `signal` is aborted.
   */
  async keyFor(serial: string, signal: AbortSignal): Promise<KeyObject | null> {
    const known = this.knownKey(serial)
    if (known !== null) {
      const age = this.#age()
      if (age <= renewAfterMs) return known
      // An outage must not take the keys away, and no second reply waits for a list that just failed to come.
      const hasJustFailed = this.#failures > 0
      const renewal = this.#isPausing() ? Promise.resolve() : this.#renew()
      if (age >= maxAgeMs && !hasJustFailed) await renewal
      return this.knownKey(serial) ?? known
    }
    if (this.#isUnknown(serial)) return null
    await this.#renewUntil(signal)
    const found = this.knownKey(serial)
    // Where no list came, the serial may be in it.
    if (found === null && this.#failures === 0) this.#noteUnknown(serial)
    return found
  }

  /** Fetches the list, with growing pauses, until it is there, turns out unusable, or `signal` is aborted. */
  async #renewUntil(signal: AbortSignal): Promise<void> {
    do {
      const waitMs = this.#notBefore - performance.now()
      if (this.#isPausing() && !(await waitUnlessAborted(waitMs, signal))) return
      await this.#renew()
    } while (this.#lastFault === 'unreachable' && !signal.aborted)
  }

  /** Fetches the list before the first reply needs it. */
  prefetch(signal: AbortSignal): Promise<void> {
    return this.#renewUntil(signal)
  }

  #replaceBy(certificates: readonly PlatformCertificate[]): void {
    this.#certificates = new Map(certificates.map((entry) => [plainSerial(entry.serial), entry]))
  }

  #renew(): Promise<void> {
    this.#fetching ??= this.#fetchList().finally(() => {
      this.#fetching = null
    })
    return this.#fetching
  }

  async #fetchList(): Promise<void> {
    const list = await this.#fetch()
    if (list.ok) {
      this.#replaceBy(list.value)
      this.#fetchedAt = this.#clock()
      this.#failures = 0
      this.#lastFault = null
      return
    }
    this.#failures += 1
    this.#lastFault = list.error.code
    const wait = Math.min(longestPauseMs, firstPauseMs * 2 ** (this.#failures - 1))
    this.#notBefore = performance.now() + wait
  }

  #isPausing(): boolean {
    return this.#failures > 0 && performance.now() < this.#notBefore
  }

  #age(): number {
    return this.#fetchedAt === null ? Infinity : this.#clock() - this.#fetchedAt
  }

  #isValid(certificate: PlatformCertificate): boolean {
    const now = this.#clock()
    return certificate.validFrom <= now && now < certificate.validUntil
  }

  #isUnknown(serial: string): boolean {
    const missedAt = this.#unknown.get(serial)
    const isPaused = missedAt !== undefined && this.#clock() - missedAt < unknownSerialPauseMs
    // No list can be used with this API v3 key, so that fetching one for this serial is of no use either.
    return isPaused || (this.#lastFault === 'unusable' && this.#isPausing())
  }

  #noteUnknown(serial: string): void {
    if (this.#unknown.size >= maxUnknownSerials) this.#unknown.clear()
    this.#unknown.set(serial, this.#clock())
  }
}

/** Returns true after the time, and false as soon as `signal` is aborted. */
async function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(Math.max(0, ms), undefined, { signal, ref: false })
    return true
  } catch {
    // Aborted.
    return false
  }
}
