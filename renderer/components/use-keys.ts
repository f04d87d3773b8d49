import { useEffect, useEffectEvent } from 'react'

/** Calls back for keys that a person pressed; true when the key was of use here. */
export function useKeys(take: (event: KeyboardEvent) => boolean): void {
  const taken = useEffectEvent(take)
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.repeat && event.isTrusted && taken(event)) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

/** While one is open its own keys count, and what lies behind it is not to be changed by accident. */
export function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null
}
