import type { WindowPlace } from '../contract/window-place.ts'
import { createListeners } from '../redemption/listeners.ts'

/** Whether a cashier can see what the counter says. */
export interface CounterSight {
  isInFront(): boolean
  /** The page shows the counter, or another screen. */
  pageShows(isCounter: boolean): void
  windowIs(place: WindowPlace): void
  /** A code was read. Where the window has no focus a scanner of its own read it, whose cashier looks at the till all the same. */
  scanned(): void
  /** Calls the listener when the counter has come to the front. */
  onFront(listener: () => void): void
}

/** Until the page has said that it shows the counter, nobody sees it. */
export function createCounterSight(): CounterSight {
  const listeners = createListeners()
  let isCounter = false
  let place: WindowPlace = 'front'
  const isInFront = (): boolean => isCounter && place === 'front'

  function change(make: () => void): void {
    const before = isInFront()
    make()
    if (!before && isInFront()) listeners.tell()
  }

  return {
    isInFront,
    onFront: (listener) => void listeners.add(listener),
    pageShows: (is) =>
      change(() => {
        isCounter = is
      }),
    windowIs: (is) =>
      change(() => {
        place = is
      }),
    scanned: () =>
      change(() => {
        isCounter = true
        if (place === 'behind') place = 'front'
      }),
  }
}
