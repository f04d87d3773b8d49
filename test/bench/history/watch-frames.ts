import type { Page } from '@playwright/test'

export interface SeenFrames {
  readonly frames: number
  /** Frames in which a visible place of the list had no row. */
  readonly blank: number
  /** The longest time between two frames, ms. */
  readonly longestMs: number
  readonly scrolledPx: number
}

const stepMs = 16
const turns = 300

/** Scrolls the history for some seconds and checks every frame for places without a row. */
export async function watchFrames(page: Page, pxPerTurn: number): Promise<SeenFrames> {
  const list = page.getByTestId('history-list')
  await list.hover()
  await list.evaluate((element) => {
    const seen = {
      frames: 0,
      blank: 0,
      longestMs: 0,
      last: performance.now(),
      from: element.scrollTop,
    }
    Reflect.set(window, 'seenFrames', seen)
    const look = (at: number): void => {
      if (Reflect.get(window, 'seenFrames') !== seen) return
      seen.frames += 1
      seen.longestMs = Math.max(seen.longestMs, at - seen.last)
      seen.last = at
      const sight = element.getBoundingClientRect()
      const rows = [...element.querySelectorAll('[data-testid="history-row"]')]
        .map((row) => row.getBoundingClientRect())
        .filter((row) => row.bottom > sight.top && row.top < sight.bottom)
        .toSorted((one, other) => one.top - other.top)
      let covered = sight.top + 1
      for (const row of rows) if (row.top <= covered + 1) covered = Math.max(covered, row.bottom)
      if (covered < sight.bottom - 1) seen.blank += 1
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  for (let turn = 0; turn < turns; turn += 1) {
    await page.mouse.wheel(0, pxPerTurn)
    await page.waitForTimeout(stepMs)
  }
  return list.evaluate((element) => {
    const seen: { frames: number; blank: number; longestMs: number; from: number } = Reflect.get(
      window,
      'seenFrames',
    )
    Reflect.deleteProperty(window, 'seenFrames')
    const { frames, blank, longestMs, from } = seen
    return { frames, blank, longestMs, scrolledPx: element.scrollTop - from }
  })
}
