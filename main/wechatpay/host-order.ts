/** A host that failed is not asked first again before this. */
export const restMs = 30_000
const mostAvoided = 500

/** Which host to ask first: the primary, unless it failed a moment ago; after its rest the primary again. */
export class HostOrder {
  readonly #origins: readonly string[]
  readonly #monotonic: () => number
  readonly #restingUntil = new Map<string, number>()
  /** By request: the host that could not serve it. */
  readonly #avoided = new Map<string, string>()

  constructor(origins: readonly string[], monotonic: () => number) {
    this.#origins = origins
    this.#monotonic = monotonic
  }

  /** All hosts, those at rest last: when every host failed, each is still tried. `request` tells one request from others. */
  order(request = ''): string[] {
    const now = this.#monotonic()
    const avoided = this.#avoided.get(request)
    const isLast = (origin: string) =>
      (this.#restingUntil.get(origin) ?? 0) > now || origin === avoided
    return [...this.#origins.filter((origin) => !isLast(origin)), ...this.#origins.filter(isLast)]
  }

  failed(origin: string): void {
    this.#restingUntil.set(origin, this.#monotonic() + restMs)
  }

  answered(origin: string, request = ''): void {
    this.#restingUntil.delete(origin)
    this.#avoided.delete(request)
  }

  /** It answered, and could not serve this request: when that is sent again, another host comes first. */
  couldNotServe(origin: string, request: string): void {
    this.#restingUntil.delete(origin)
    this.#avoided.delete(request)
    this.#avoided.set(request, origin)
    const [oldest] = this.#avoided.keys()
    if (this.#avoided.size > mostAvoided && oldest !== undefined) this.#avoided.delete(oldest)
  }
}
