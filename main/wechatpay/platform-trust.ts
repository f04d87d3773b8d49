import type { KeyObject } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import type { Result } from '../contract/result.ts'
import { type PlatformCertificate, plainSerial } from './platform-certificates.ts'

/** WeChat Pay asks for an interval under 12 hours. */
const maxAgeMs = 12 * 3_600_000
/** From here on a request renews the list beside itself, without waiting for it. */
const renewAfterMs = 6 * 3_600_000
/** A serial that the list did not hold is not asked for again before this: a stranger could send any number of them. */
const unknownSerialPauseMs = 30_000
const maxUnknownSerials = 100
/** After a list that could not be fetched; doubled with each one more. */
const firstPauseMs = 1000
const longestPauseMs = 60_000

/** `unreachable`: later it may come. `unusable`: it came, and is of no use with this API v3 key. */
export type ListFailure = 'unreachable' | 'unusable'
export type FetchCertificates = () => Promise<Result<readonly PlatformCertificate[], ListFailure>>

/** The platform certificates (平台证书) of one merchant: several valid at once, renewed on age and on an unknown serial. */
export class PlatformTrust {
  readonly #fetch: FetchCertificates
  readonly #clock: () => number
  readonly #unknown = new Map<string, number>()
  #certificates = new Map<string, PlatformCertificate>()
  #fetchedAt: number | null = null
  #failures = 0
  #lastFailure: ListFailure | null = null
  /** On the monotonic clock. */
  #notBefore = 0
  #fetching: Promise<void> | null = null

  constructor(fetch: FetchCertificates, clock: () => number) {
    this.#fetch = fetch
    this.#clock = clock
  }

  /** Those of an earlier start: they serve at once, and are renewed with the first request. */
  restore(certificates: readonly PlatformCertificate[]): void {
    this.#keep(certificates)
    this.#fetchedAt = this.#clock() - renewAfterMs - 1
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

  serials(): string[] {
    return [...this.#certificates.values()].map(({ serial }) => serial)
  }

  /** No list was ever there, and none could be fetched so far: nothing can be said of any serial. */
  get hasNoList(): boolean {
    return this.#certificates.size === 0 && this.#lastFailure !== 'unusable'
  }

  /** Without asking anybody. */
  knownKey(serial: string): KeyObject | null {
    const certificate = this.#certificates.get(plainSerial(serial))
    return certificate !== undefined && this.#isValid(certificate) ? certificate.key : null
  }

  /** Asks WeChat Pay where it must, and goes on asking while the list cannot be fetched, until `signal` ends it. */
  async keyFor(serial: string, signal: AbortSignal): Promise<KeyObject | null> {
    const known = this.knownKey(serial)
    if (known !== null) {
      const age = this.#age()
      if (age <= renewAfterMs) return known
      // An outage must not take the keys away, and nobody waits twice for a list that does not come.
      const hasJustFailed = this.#failures > 0
      const renewal = this.#isPausing() ? Promise.resolve() : this.#renew()
      if (age >= maxAgeMs && !hasJustFailed) await renewal
      return this.knownKey(serial) ?? known
    }
    if (this.#isUnknown(serial)) return null
    await this.#renewUntil(signal)
    const found = this.knownKey(serial)
    // Where no list came, nothing is known of the serial.
    if (found === null && this.#failures === 0) this.#noteUnknown(serial)
    return found
  }

  /** Fetches the list, with growing pauses while that fails, until it is there, is of no use, or `signal` ends it. */
  async #renewUntil(signal: AbortSignal): Promise<void> {
    do {
      if (this.#isPausing() && !(await waited(this.#notBefore - performance.now(), signal))) return
      await this.#renew()
    } while (this.#lastFailure === 'unreachable' && !signal.aborted)
  }

  /** The list, before the first reply needs it. */
  prefetch(signal: AbortSignal): Promise<void> {
    return this.#renewUntil(signal)
  }

  #keep(certificates: readonly PlatformCertificate[]): void {
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
      this.#keep(list.value)
      this.#fetchedAt = this.#clock()
      this.#failures = 0
      this.#lastFailure = null
      return
    }
    this.#failures += 1
    this.#lastFailure = list.error
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
    // With this API v3 key no list will ever hold it: it is looked at again as rarely as the list.
    return isPaused || (this.#lastFailure === 'unusable' && this.#isPausing())
  }

  #noteUnknown(serial: string): void {
    if (this.#unknown.size >= maxUnknownSerials) this.#unknown.clear()
    this.#unknown.set(serial, this.#clock())
  }
}

/** Says whether the time has passed, and not the patience. */
async function waited(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await pause(Math.max(0, ms), undefined, { signal, ref: false })
    return true
  } catch {
    // Given up: the next who asks goes on.
    return false
  }
}
