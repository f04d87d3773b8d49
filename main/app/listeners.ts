export interface Listeners<T> {
  /** Returns how to stop listening. */
  readonly add: (listener: (told: T) => void) => () => void
  readonly tell: (told: T) => void
}

/** Everybody who wants to be told of something. */
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
