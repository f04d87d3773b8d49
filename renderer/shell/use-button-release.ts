import { useEffect } from 'react'

/** No button keeps the focus after a click: a scan must find nothing editable and press nothing. */
export function useButtonRelease(): void {
  useEffect(() => {
    const release = (): void => {
      if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur()
    }
    window.addEventListener('pointerup', release)
    return () => window.removeEventListener('pointerup', release)
  }, [])
}
