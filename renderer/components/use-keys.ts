import { useEffect, useEffectEvent } from 'react'
import { isPersonsKey } from '../scanner/replayed-keys.ts'

/**
 * Calls `take` for each key that a person pressed. Where it returns true, the browser's default action is suppressed.
 */
export function useKeys(take: (event: KeyboardEvent) => boolean): void {
  const taken = useEffectEvent(take)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.repeat && isPersonsKey(event) && taken(event)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** Returns whether a dialog is open. Meanwhile shortcuts must not change what lies behind it. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
