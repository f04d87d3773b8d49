/** For this long after a failure a host is tried after the others. */
export const restMs = 30_000
const maxAvoided = 500

/** In which order hosts are tried: the primary first, unless it failed less than `restMs` ago. */
export class HostOrder {
  readonly #origins: readonly string[]
  readonly #monotonic: () => number
  readonly #restingUntil = new Map<string, number>()
  /** By request: the host that replied with a 5xx to it. */
  readonly #avoided = new Map<string, string>()

  constructor(origins: readonly string[], monotonic: () => number) {
    this.#origins = origins
    this.#monotonic = monotonic
  }

  /**
   * All hosts, those that failed last. `request` identifies a request and its replays; empty for none in particular.
   */
  order(request = ''): string[] {
    const now = this.#monotonic()
    const avoided = this.#avoided.get(request)
    const isLast = (origin: string) =>
      (this.#restingUntil.get(origin) ?? 0) > now || origin === avoided
    return [...this.#origins.filter((origin) => !isLast(origin)), ...this.#origins.filter(isLast)]
  }

  /** The host could not be reached, or did not reply. */
  failed(origin: string): void {
    this.#restingUntil.set(origin, this.#monotonic() + restMs)
  }

  /** The host replied. */
  answered(origin: string, request = ''): void {
    this.#restingUntil.delete(origin)
    this.#avoided.delete(request)
  }

  /** The host replied with a 5xx: when this request is sent again, another host is tried first. */
  couldNotServe(origin: string, request: string): void {
    this.#restingUntil.delete(origin)
    this.#avoided.delete(request)
    this.#avoided.set(request, origin)
    const [oldest] = this.#avoided.keys()
    if (this.#avoided.size > maxAvoided && oldest !== undefined) this.#avoided.delete(oldest)
  }
}
