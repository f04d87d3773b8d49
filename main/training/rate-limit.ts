/** Counts each merchant's requests in whole seconds. */
export class RateLimit {
  readonly #counts = new Map<string, { second: number; count: number }>()

  /** Counts a request, and tells whether it is within the limit. `now` is in epoch milliseconds. */
  allows(mchid: string, now: number, perSecond: number | null): boolean {
    const second = Math.floor(now / 1000)
    const last = this.#counts.get(mchid)
    const count = last?.second === second ? last.count + 1 : 1
    this.#counts.set(mchid, { second, count })
    return perSecond === null || count <= perSecond
  }
}
