import { type BrowserWindow, screen } from 'electron'
import { centredOn, keepPlace, readPlace, screenFor } from '../computer/window-place.ts'

/** Moves are over when the window rests for this long. */
const restMs = 500

/** Where the window opens: on the screen that it was on, as long as that is plugged in. */
export function placeOfWindow(
  userData: string,
  size: { readonly width: number; readonly height: number },
): Partial<Electron.Rectangle> {
  const known = screenFor(readPlace(userData), screen.getAllDisplays())
  return known === null ? size : centredOn(known, size)
}

/** Remembers the screen that the window is on. Returns a function that ends that. */
export function rememberScreen(
  window: BrowserWindow,
  userData: string,
  onFault: (cause: unknown) => void,
): () => void {
  let timer: NodeJS.Timeout | null = null
  const rested = (): void => {
    timer = null
    if (window.isDestroyed() || window.isMinimized()) return
    try {
      keepPlace(userData, screen.getDisplayMatching(window.getBounds()))
    } catch (cause) {
      onFault(cause)
    }
  }
  const moved = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(rested, restMs)
  }
  window.on('move', moved)
  window.on('resize', moved)
  return () => {
    if (timer !== null) clearTimeout(timer)
  }
}
