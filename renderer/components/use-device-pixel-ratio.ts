import { useSyncExternalStore } from 'react'

/** Returns how many pixels of the screen a CSS pixel takes; draws again when the window moves to another screen. */
export function useDevicePixelRatio(): number {
  return useSyncExternalStore(subscribe, () => window.devicePixelRatio)
}

function subscribe(onChange: () => void): () => void {
  // The query matches one ratio, so it has to be made anew after each change.
  let query = watch()
  function changed(): void {
    query.removeEventListener('change', changed)
    query = watch()
    onChange()
  }
  function watch(): MediaQueryList {
    const next = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    next.addEventListener('change', changed)
    return next
  }
  return () => query.removeEventListener('change', changed)
}
