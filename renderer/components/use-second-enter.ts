import { useEffect } from 'react'
import { isPersonsKey } from '../scanner/replayed-keys.ts'

/** As for a double click: two presses within this time, ms, are meant as one. */
const secondMs = 500

/** Keys that are held for the sake of others. */
const modifiers: readonly string[] = ['Shift', 'Control', 'Alt', 'Meta', 'CapsLock']

/** Returns whether a key, or a click, is an Enter that only repeats the one before it. Times in ms. */
export function secondEnters(): (key: string, at: number) => boolean {
  let enteredAt = Number.NEGATIVE_INFINITY
  return (key, at) => {
    if (modifiers.includes(key)) return false
    if (key !== 'Enter') {
      enteredAt = Number.NEGATIVE_INFINITY
      return false
    }
    const isSecond = at - enteredAt < secondMs
    enteredAt = at
    return isSecond
  }
}

/**
 * Keeps the second Enter of somebody who presses twice, in a hurry or because the first seemed not to act, from what the
 * first one brought up: opening a shift must not go on to close it.
 */
export function useSecondEnter(): void {
  useEffect(() => {
    const isSecond = secondEnters()
    const onKey = (event: KeyboardEvent): void => {
      if (!isPersonsKey(event) || event.isComposing || !isSecond(event.key, event.timeStamp)) return
      // In a text of several lines it is an empty line.
      if (event.target instanceof HTMLTextAreaElement) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    // After the scanner's own listener, and before those of the page.
    const ended = new AbortController()
    const capture = { capture: true, signal: ended.signal }
    document.addEventListener('keydown', onKey, capture)
    // A click in between is a decision as well.
    document.addEventListener('pointerdown', (event) => isSecond('click', event.timeStamp), capture)
    return () => ended.abort()
  }, [])
}
