/** The window, the computer and the clock. Handed in, so that the rule can be tested without them. */
export interface FocusReturnParts {
  /** Brings the window to the front. */
  readonly raise: () => void
  /** The focus is taken back after this long without keyboard or mouse input in any program, ms; `null`: never. */
  readonly afterMs: () => number | null
  /** Time since the last input to the computer, ms. */
  readonly idleMs: () => number
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** Calls `call` every `ms` milliseconds until the returned function is called. */
  readonly every: (ms: number, call: () => void) => () => void
}

const checkEveryMs = 500

/** To be told whenever the window loses and gains the focus. */
export interface FocusReturn {
  blurred(): void
  focused(): void
}

/** Takes the focus back from another program once nobody has used the computer for a while. */
export function createFocusReturn(parts: FocusReturnParts): FocusReturn {
  let stop: (() => void) | null = null
  const focused = (): void => {
    stop?.()
    stop = null
  }
  return {
    focused,
    blurred() {
      focused()
      const since = parts.clock()
      stop = parts.every(checkEveryMs, () => {
        const afterMs = parts.afterMs()
        if (afterMs === null) return
        if (Math.min(parts.clock() - since, parts.idleMs()) >= afterMs) parts.raise()
      })
    },
  }
}
