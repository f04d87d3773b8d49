/**
 * Tells that rows were added to the audit trail, once the present step of the program is over: it is called where a cashier waits, and
 * within greater transactions. Costs a till nothing that nobody listens to.
 */
export class AppendedRows {
  readonly #listeners = new Set<() => void>()
  #isTold = true

  onAppended(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  tell(): void {
    if (this.#listeners.size === 0 || !this.#isTold) return
    this.#isTold = false
    queueMicrotask(() => {
      this.#isTold = true
      for (const listener of this.#listeners) listener()
    })
  }
}
