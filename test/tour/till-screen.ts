import type { Page } from '@playwright/test'

/** The content of the till's screen at one moment, read from the page. */
export interface ScreenContent {
  readonly tone: string
  readonly reason: string
  readonly words: string
  readonly queue: number
  readonly connection: string
}

const patienceMs = 20_000

export async function readScreen(page: Page): Promise<ScreenContent> {
  const verdict = page.getByTestId('verdict')
  const isThere = (await verdict.count()) > 0
  return {
    tone: (isThere ? await verdict.getAttribute('data-tone') : null) ?? '',
    reason: (isThere ? await verdict.getAttribute('data-reason') : null) ?? '',
    words: isThere ? (await verdict.innerText()).replaceAll(/\s+/g, ' ').trim() : '',
    queue: Number(await page.getByTestId('queue-count').getAttribute('data-count')),
    connection: (await page.getByTestId('connection').getAttribute('data-state')) ?? '',
  }
}

/** Reads the screen until `isDone` returns true or the time is up. Returns the last reading in either case. */
export async function watchScreen(
  page: Page,
  isDone: (shown: ScreenContent) => boolean,
): Promise<{ shown: ScreenContent; asExpected: boolean }> {
  const endsAt = Date.now() + patienceMs
  for (;;) {
    const shown = await readScreen(page)
    if (isDone(shown)) return { shown, asExpected: true }
    if (Date.now() > endsAt) return { shown, asExpected: false }
    await page.waitForTimeout(50)
  }
}
