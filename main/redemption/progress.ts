/** Fewer waiting entries than this are gone before anybody could read a progress. */
const worthShowing = 20

/** How far a long drain has come, from the lengths of the queue alone. */
export class Progress {
  #longest = 0

  of(waiting: number): { done: number; total: number } | null {
    this.#longest = waiting === 0 ? 0 : Math.max(this.#longest, waiting)
    const done = this.#longest - waiting
    return this.#longest >= worthShowing && done > 0 ? { done, total: this.#longest } : null
  }
}
