export interface Listeners<T> {
  /** Adds a listener; the returned function removes it. */
  readonly add: (listener: (told: T) => void) => () => void
  /** Calls every listener. */
  readonly tell: (told: T) => void
}

/** A set of listeners, to be told of one kind of event. */
export function createListeners<T = void>(): Listeners<T> {
  const listeners = new Set<(told: T) => void>()
  return {
    add(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    tell(told) {
      for (const listener of listeners) listener(told)
    },
  }
}
