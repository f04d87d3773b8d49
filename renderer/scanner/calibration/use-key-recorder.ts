import { useEffect, useEffectEvent } from 'react'
import { strokeOf, type KeyStroke } from '../key-stroke.ts'

/** Silence that ends a scan of any scanner, ms: the slowest that is read leaves 240 between two keys. */
const quietMs = 600

/** While `isOn`, records every key and passes them on scan by scan. Escape acts, except within a scan. */
export function useKeyRecorder(
  isOn: boolean,
  onScan: (strokes: readonly KeyStroke[]) => void,
): void {
  const recorded = useEffectEvent(onScan)
  useEffect(() => {
    if (!isOn) return undefined
    let strokes: KeyStroke[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const hand = (): void => {
      const scan = strokes
      strokes = []
      recorded(scan)
    }
    const onKey = (event: KeyboardEvent): void => {
      // The key that opened the calibration comes up in it.
      const isRelease = event.type === 'keyup' && !event.isComposing
      const isPersons = strokes.length === 0 && (event.key === 'Escape' || isRelease)
      if (!event.isTrusted || isPersons) return
      event.preventDefault()
      event.stopImmediatePropagation()
      strokes.push(strokeOf(event))
      clearTimeout(timer)
      timer = setTimeout(hand, quietMs)
    }
    const ended = new AbortController()
    const options = { capture: true, signal: ended.signal }
    window.addEventListener('keydown', onKey, options)
    window.addEventListener('keyup', onKey, options)
    return () => {
      ended.abort()
      clearTimeout(timer)
    }
  }, [isOn])
}
