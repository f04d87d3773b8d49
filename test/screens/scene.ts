import type { Page } from '@playwright/test'
import type { SampleCoupon } from '../../main/contract/snapshot.ts'
import type { SpawnedStandIn } from '../support/spawn-stand-in.ts'
import type { TillApp } from '../support/till-app.ts'
import type { XKeyboard } from '../support/x-keyboard.ts'
import type { Shoot } from './camera.ts'

/** A till that was just started, and what a group of pictures needs to bring it into its states. */
export interface Scene {
  readonly till: TillApp
  readonly page: Page
  readonly keyboard: XKeyboard
  readonly standIn: SpawnedStandIn
  readonly shoot: Shoot
}

/** Presses the sample's button. How a coupon was scanned does not show in the pictures. */
export async function scanSample(
  page: Page,
  kind: SampleCoupon['kind'],
  tone: 'green' | 'amber' | 'red',
  nth = 0,
): Promise<void> {
  await page.locator(`[data-testid="sample"][data-kind="${kind}"] button`).nth(nth).click()
  await page.locator(`[data-testid="verdict"][data-tone="${tone}"]`).waitFor()
}

/** Honours the coupon shown, as a supervisor. */
export async function honourAnyway(page: Page): Promise<void> {
  await page.getByTestId('choice-honour').click()
  await page.getByTestId('reason-suggestion').first().click()
  await page.getByTestId('reason-submit').click()
  await page.getByTestId('choice-honour').waitFor({ state: 'detached' })
}
