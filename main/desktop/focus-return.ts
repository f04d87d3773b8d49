/** What is needed of a window, of the computer and of time, so that the rule can be tested without them. */
export interface FocusReturnParts {
  readonly raise: () => void
  /** After so long without a key or a mouse movement in any program, ms; `null`: never. */
  readonly afterMs: () => number | null
  /** Time since somebody last used the computer, ms. */
  readonly idleMs: () => number
  readonly clock: () => number
  /** Calls back again and again until the answer is called. */
  readonly every: (ms: number, call: () => void) => () => void
}

const lookEveryMs = 500

export interface FocusReturn {
  blurred(): void
  focused(): void
}

/** Takes the focus back from another program once nobody uses that any more. */
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
      stop = parts.every(lookEveryMs, () => {
        const afterMs = parts.afterMs()
        if (afterMs === null) return
        if (Math.min(parts.clock() - since, parts.idleMs()) >= afterMs) parts.raise()
      })
    },
  }
}
