/** The end of one call: by its caller or by the clock, whichever comes first. */
export interface CallDeadline {
  /** Aborted with `'aborted'` by the caller, with `'deadline'` by the clock. */
  readonly signal: AbortSignal
  /** Stops the timer and stops listening to the caller. */
  end(): void
}

export function startDeadline(caller: AbortSignal, totalMs: number): CallDeadline {
  const controller = new AbortController()
  const onCaller = () => controller.abort('aborted')
  const timer = setTimeout(() => controller.abort('deadline'), totalMs)
  if (caller.aborted) onCaller()
  else caller.addEventListener('abort', onCaller, { once: true })
  return {
    signal: controller.signal,
    end() {
      clearTimeout(timer)
      caller.removeEventListener('abort', onCaller)
    },
  }
}

/** The work's result, or `null` when `signal` is aborted first. The work itself goes on, for later callers. */
export async function orAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
  if (signal.aborted) return null
  const listening = new AbortController()
  const ended = new Promise<null>((resolve) => {
    const options = { once: true, signal: listening.signal }
    signal.addEventListener('abort', () => resolve(null), options)
  })
  try {
    return await Promise.race([work, ended])
  } finally {
    listening.abort()
  }
}
