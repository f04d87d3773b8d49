import { expect, type Page } from '@playwright/test'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import type { XKeyboard } from '../support/x-keyboard.ts'
import { TillPage } from './till-page.ts'

interface Counter {
  readonly standIn: SpawnedStandIn
  readonly keyboard: XKeyboard
}

/** Leaves a coupon waiting in an outage. */
export async function leaveWaiting(
  { standIn, keyboard }: Counter,
  page: Page,
  code: string,
): Promise<void> {
  await standIn.control.network({ network: 'cut' })
  await keyboard.scan(code)
  await new TillPage(page).expectVerdict('amber', 'no-connection')
}

/**
 * Restores the network, and expects that the till has these coupons redeemed: what waited, and one that is scanned until it was heard.
 * By the stand-in, because the test driver lost the page with its process.
 */
export async function expectRedeemedWith(
  { standIn, keyboard }: Counter,
  waiting: string,
  scanned: string,
): Promise<void> {
  await standIn.control.network({ network: 'up' })
  await expect
    .poll(
      async () => {
        await keyboard.scan(scanned)
        return (await standIn.control.ledger({})).effects.map(({ code }) => code).toSorted()
      },
      { intervals: [1500] },
    )
    .toEqual([waiting, scanned].toSorted())
}
