/** With fewer waiting entries than this, all are sent before anybody could read the progress. */
const worthShowing = 20

/** How much of a long queue has been sent, from its lengths alone. */
export class Progress {
  #longest = 0

  /** Returns the progress for the current length of the queue; `null` when it is not worth showing. */
  of(waiting: number): { done: number; total: number } | null {
    this.#longest = waiting === 0 ? 0 : Math.max(this.#longest, waiting)
    const done = this.#longest - waiting
    return this.#longest >= worthShowing && done > 0 ? { done, total: this.#longest } : null
  }
}
