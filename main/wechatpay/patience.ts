/** How long one call may take, whoever ends it first: the caller or the clock. */
export interface Patience {
  /** Aborted with `'aborted'` by the caller, with `'deadline'` by the clock. */
  readonly signal: AbortSignal
  /** Lets go of the timer and the caller's signal. */
  end(): void
}

export function startPatience(caller: AbortSignal, totalMs: number): Patience {
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

/** The work's result, or `null` when patience ends first; the work itself goes on for the next who asks. */
export async function orPatienceEnds<T>(signal: AbortSignal, work: Promise<T>): Promise<T | null> {
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
