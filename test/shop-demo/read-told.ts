import { expect, type Page } from '@playwright/test'
import { counterOf } from '../support/counter-steps.ts'
import type { TillOfShop } from '../support/till-of-shop.ts'
import type { Told } from './outcome.ts'

const patienceMs = 20_000
/** The parts of the panel that say what became of the coupon, in the order of the screen. */
const parts = ['verdict-title', 'verdict-action', 'verdict-given', 'verdict-shop'] as const

/** Waits until the till shows what it judged of this coupon, and has heard of the shop's other tills or given up on them. */
export async function readJudged(till: TillOfShop, code: string): Promise<Told> {
  await expect.poll(() => isJudged(till.page, code), { timeout: patienceMs }).toBe(true)
  return readTold(till)
}

/** Has the till send what waits, and reads its screen once nothing does. */
export async function readSettled(till: TillOfShop): Promise<Told> {
  // Sends at once what would be tried again a little later.
  await till.page.keyboard.press('F8')
  await till.page
    .locator('[data-testid="queue-count"][data-count="0"]')
    .waitFor({ timeout: patienceMs })
  return readTold(till)
}

async function readTold({ page, tillId }: TillOfShop): Promise<Told> {
  const panel = page.getByTestId('verdict')
  return {
    tillId,
    tone: (await panel.getAttribute('data-tone')) ?? '',
    instruction: (await panel.getAttribute('data-instruction')) ?? '',
    lines: await linesOf(page),
    waiting: Number(await page.getByTestId('queue-count').getAttribute('data-count')),
  }
}

async function linesOf(page: Page): Promise<string[]> {
  // Once the till is ready for the next customer, this line alone is about the coupon.
  const last = await textsOf(page, 'verdict-last')
  return last.length > 0
    ? last
    : (await Promise.all(parts.map((part) => textsOf(page, part)))).flat()
}

async function textsOf(page: Page, part: string): Promise<string[]> {
  const texts = await page.getByTestId(part).evaluateAll((elements, isAction) => {
    // The order in bold and its reason are set apart by their look alone.
    const nodes = isAction ? elements.flatMap(({ childNodes }) => [...childNodes]) : elements
    return nodes.map(({ textContent }) => textContent ?? '')
  }, part === 'verdict-action')
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim())
}

/** A red panel names no coupon, so the page is asked which one it is about. */
async function isJudged(page: Page, code: string): Promise<boolean> {
  const { shown } = await counterOf(page)
  if (!shown?.verdict || shown.codeTail === '' || !code.endsWith(shown.codeTail)) return false
  const { reason, instruction, shop } = shown.verdict
  const panel = page.getByTestId('verdict')
  return (
    shop?.kind !== 'asking' &&
    (await panel.getAttribute('data-reason')) === reason &&
    (await panel.getAttribute('data-instruction')) === instruction
  )
}
