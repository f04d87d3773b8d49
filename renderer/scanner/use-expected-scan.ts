import { useEffect } from 'react'

/** A connection that was made ready waits for its request some seconds; another key within them needs none. */
const oftenMs = 2000

/**
 * Tells the main process that a scan may be about to come: at the first of its keys, at those of a total, and when the
 * window gets the focus. By the time of its last key the line to WeChat Pay is ready.
 */
export function useExpectedScan(): void {
  useEffect(() => {
    let last = Number.NEGATIVE_INFINITY
    const ended = new AbortController()
    const tell = (event: Event): void => {
      if (!event.isTrusted || event.timeStamp - last < oftenMs) return
      last = event.timeStamp
      void window.till.counter.expectScan({})
    }
    for (const kind of ['keydown', 'focus'])
      window.addEventListener(kind, tell, { capture: true, signal: ended.signal })
    return () => ended.abort()
  }, [])
}
