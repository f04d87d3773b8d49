import { useEffect } from 'react'

/** The automatic lock counts minutes, so that more frequent reports would be useless. */
const quietMs = 10_000

/** Reports to the main process that a person uses the till. */
export function useActivity(isSignedIn: boolean): void {
  useEffect(() => {
    if (!isSignedIn) return undefined
    let last = performance.now()
    const told = new AbortController()
    const tell = (event: Event): void => {
      if (!event.isTrusted || event.timeStamp - last < quietMs) return
      last = event.timeStamp
      void window.till.session.touch({})
    }
    for (const kind of ['keydown', 'pointerdown', 'pointermove'])
      window.addEventListener(kind, tell, { capture: true, signal: told.signal })
    return () => told.abort()
  }, [isSignedIn])
}
