import { useEffect } from 'react'

/** Takes the focus off a button after a click, so that a scan finds nothing to type into and presses nothing. */
export function useBlurAfterClick(): void {
  useEffect(() => {
    const release = (): void => {
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
    }
    window.addEventListener('pointerup', release)
    return () => window.removeEventListener('pointerup', release)
  }, [])
}
