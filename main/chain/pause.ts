export interface Pause {
  /** Resolves after so many milliseconds, or at `wake`. */
  for(ms: number): Promise<void>
  /** Ends the pause; nothing happens where there is none. */
  wake(): void
}

/** A pause of one loop that something else can end. */
export function createPause(): Pause {
  let wake: (() => void) | null = null
  return {
    for: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      }),
    wake: () => wake?.(),
  }
}
