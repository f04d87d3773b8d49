import type { Page } from '@playwright/test'

/**
 * Does nothing for so long, by the page's own clock: on a busy machine the page hears of keys and of its focus late. For pauses that a
 * person or a scanner makes, and that the till goes by; whatever shows somewhere is waited for there.
 */
export async function restInPage(page: Page, ms: number): Promise<void> {
  await page.evaluate((restMs) => new Promise((resolve) => setTimeout(resolve, restMs)), ms)
}
