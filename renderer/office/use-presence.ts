import { useEffect } from 'react'

/** The time until somebody is signed out counts minutes, so that more frequent reports would be useless. */
const quietMs = 10_000

/** Tells the main process that somebody is there. */
export function usePresence(): void {
  useEffect(() => {
    let last = performance.now()
    const told = new AbortController()
    const tell = (event: Event): void => {
      if (!event.isTrusted || event.timeStamp - last < quietMs) return
      last = event.timeStamp
      void window.office.entry.touch({})
    }
    for (const kind of ['keydown', 'pointerdown', 'pointermove'])
      window.addEventListener(kind, tell, { capture: true, signal: told.signal })
    return () => told.abort()
  }, [])
}
