import type { Page } from '@playwright/test'
import { expect, test } from '../support/training-test.ts'

const rounds = 12

test('a page that was closed is not kept in memory with what was typed on it', async ({
  till,
  keyboard,
}) => {
  const { page } = till
  const visit = async (): Promise<void> => {
    await keyboard.press('F3')
    await expect(page.getByTestId('history')).toBeVisible()
    // Into its search field, which a scan must leave alone: it is remembered before each key.
    await keyboard.press('1')
    await keyboard.press('Escape', 'Escape')
    await expect(page.getByTestId('history')).toHaveCount(0)
  }
  await visit()
  await visit()
  const before = await nodesOf(page)
  for (let round = 0; round < rounds; round += 1) await visit()
  // One page of history has more than fifty.
  expect((await nodesOf(page)) - before).toBeLessThan(rounds * 10)
})

/** The page's nodes, those included that something still holds after they left it. */
async function nodesOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  const nodes = metrics.find(({ name }) => name === 'Nodes')
  if (nodes === undefined) throw new Error('Chromium counts no nodes')
  return nodes.value
}
