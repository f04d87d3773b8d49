/** At most `burst` at once, and `perSecond` in the long run. */
export class Bucket {
  readonly #burst: number
  readonly #perSecond: number
  readonly #elapsed: () => number
  #left: number
  #at: number

  constructor(burst: number, perSecond: number, elapsed: () => number) {
    this.#burst = burst
    this.#perSecond = perSecond
    this.#elapsed = elapsed
    this.#left = burst
    this.#at = elapsed()
  }

  /** Takes one; false when none is left. */
  take(): boolean {
    const now = this.#elapsed()
    const gained = ((now - this.#at) / 1000) * this.#perSecond
    this.#left = Math.min(this.#burst, this.#left + gained)
    this.#at = now
    if (this.#left < 1) return false
    this.#left -= 1
    return true
  }

  /** Puts one back that was taken for something that takes its own. */
  giveBack(): void {
    this.#left = Math.min(this.#burst, this.#left + 1)
  }
}
