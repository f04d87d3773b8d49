import { useEffect, useEffectEvent } from 'react'
import { isPersonsKey } from '../scanner/replayed-keys.ts'

/**
 * Calls `take` for each key that a person pressed. Where it returns true, the browser's default action is suppressed. `isFirst`:
 * before the focused element gets the key, which then does not get what was taken.
 */
export function useKeys(take: (event: KeyboardEvent) => boolean, isFirst = false): void {
  const taken = useEffectEvent(take)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.repeat || !isPersonsKey(event) || !taken(event)) return
      event.preventDefault()
      if (isFirst) event.stopPropagation()
    }
    // On the document, because the window's own capturing listeners are the scanner's.
    const target = isFirst ? document : window
    const ended = new AbortController()
    target.addEventListener('keydown', (event) => event instanceof KeyboardEvent && onKey(event), {
      capture: isFirst,
      signal: ended.signal,
    })
    return () => ended.abort()
  }, [isFirst])
}

/** Returns whether a dialog is open. Meanwhile shortcuts must not change what lies behind it. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
