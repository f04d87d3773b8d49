import { useEffect, useMemo, useReducer } from 'react'
import type { AttachedState } from '../../../main/contract/attached-scanner.ts'
import { useNow } from '../../components/use-now.ts'
import {
  afterEvent,
  healthAtStart,
  healthNotes,
  notesOf,
  type HealthEvent,
  type HealthNote,
} from './scanner-health.ts'

/** Returns the notes about the scanner's health, the same list while they stay the same, and a function that reports events to it. */
export function useScannerHealth(
  usualPaceMs: number | null,
  attached: AttachedState,
): {
  readonly notes: readonly HealthNote[]
  readonly tell: (event: HealthEvent) => void
} {
  const [health, tell] = useReducer(afterEvent, { ...healthAtStart, usualPaceMs })
  const now = useNow()
  useEffect(() => {
    const ended = new AbortController()
    const options = { capture: true, signal: ended.signal }
    const onFocus = (): void => tell({ kind: 'focus', inFront: true })
    const onBlur = (): void => tell({ kind: 'focus', inFront: document.hasFocus() })
    let lock: boolean | null = null
    const onKey = (event: KeyboardEvent): void => {
      const capsLock = event.getModifierState('CapsLock')
      if (capsLock === lock) return
      lock = capsLock
      tell({ kind: 'lock', capsLock })
    }
    window.addEventListener('focus', onFocus, options)
    window.addEventListener('blur', onBlur, options)
    window.addEventListener('keydown', onKey, options)
    window.addEventListener('keyup', onKey, options)
    return () => ended.abort()
  }, [])
  // The header draws them, and every scan tells something about the health.
  const codes = notesOf(health, now, attached).join(' ')
  const notes = useMemo(
    () => healthNotes.filter((note) => codes.split(' ').includes(note)),
    [codes],
  )
  return { notes, tell }
}
