/** What happened in one seed, in order; printed when the seed fails. */
export class History {
  readonly #lines: string[] = []
  readonly #now: () => number
  readonly #startsAt: number
  readonly #counts = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
    this.#startsAt = now()
  }

  add(who: string, what: string): void {
    const seconds = ((this.#now() - this.#startsAt) / 1000).toFixed(3)
    this.#lines.push(`${seconds.padStart(12)} s  ${who.padEnd(8)} ${what}`)
  }

  /** Counts occurrences of a kind, for the totals at the end of a run. */
  count(kind: string, by = 1): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + by)
  }

  get counts(): ReadonlyMap<string, number> {
    return this.#counts
  }

  get lines(): readonly string[] {
    return this.#lines
  }
}
