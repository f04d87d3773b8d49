/** A host that failed is not asked first again before this. */
export const restMs = 30_000

/** Which host to ask first: the primary, unless it failed a moment ago; after its rest the primary again. */
export class HostOrder {
  readonly #origins: readonly string[]
  readonly #monotonic: () => number
  readonly #restingUntil = new Map<string, number>()

  constructor(origins: readonly string[], monotonic: () => number) {
    this.#origins = origins
    this.#monotonic = monotonic
  }

  /** All hosts, those at rest last: when every host failed, each is still tried. */
  order(): string[] {
    const now = this.#monotonic()
    const isResting = (origin: string) => (this.#restingUntil.get(origin) ?? 0) > now
    return [
      ...this.#origins.filter((origin) => !isResting(origin)),
      ...this.#origins.filter(isResting),
    ]
  }

  failed(origin: string): void {
    this.#restingUntil.set(origin, this.#monotonic() + restMs)
  }

  answered(origin: string): void {
    this.#restingUntil.delete(origin)
  }
}
