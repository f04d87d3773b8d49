import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { batches, codeOf, expectVerdict, given, issueCoupons } from '../support/counter-steps.ts'
import { noEngine } from '../support/engine-here.ts'
import { freePort } from '../support/free-port.ts'
import { expect, test } from '../support/shop-test.ts'
import type { TillOfShop } from '../support/till-of-shop.ts'
import { typeAsPerson } from '../support/type-as-person.ts'

test.skip(noEngine !== null, `not here: ${noEngine ?? ''}`)
test.slow()

const honoured = { tone: 'amber', reason: 'no-connection', instruction: 'give' } as const
const givenThere = {
  tone: 'red',
  reason: 'honoured-at-other-till',
  instruction: 'do-not-give',
} as const

test('an owner makes one till the server, another joins with the code it shows, and is removed again', async ({
  standIn,
  openTillAlone,
}) => {
  await issueCoupons(standIn, batches.twentyOff, [1, 2, 3, 4].map(codeOf))
  const one = await openTillAlone('T01')
  const two = await openTillAlone('T02')
  const port = await freePort()

  await becomeServer(one, port)
  await expect(tillIn(one.page, 'T01')).toBeVisible()
  await one.page.getByTestId('chain-offer').click()
  const code = await one.page.getByTestId('chain-code').locator('span').first().innerText()

  await openSettings(two.page)
  await two.page.getByRole('textbox').first().focus()
  await typeAsPerson(two.page, `127.0.0.1:${port}`)
  await two.page.keyboard.press('Tab')
  await typeAsPerson(two.page, code)
  await two.page.getByTestId('chain-join').click()

  // Each is told of the other, without anybody pressing a key there.
  await expect(tillIn(one.page, 'T02')).toBeVisible({ timeout: 15_000 })
  await expect(one.page.getByTestId('chain-code-ended')).toHaveAttribute('data-ended', 'joined')
  await expect(one.page.getByTestId('chain-gate')).toHaveAttribute('data-state', 'open')
  await expectState(two.page, 'checked')

  // Each has heard WeChat Pay once, which tells the batch's value.
  for (const [till, coupon] of [
    [one, 1],
    [two, 2],
  ] as const) {
    await till.page.getByTestId('go-till').click()
    await till.scan(codeOf(coupon))
    await expectVerdict(till.page, given)
  }
  await standIn.control.network({ network: 'cut' })
  await one.scan(codeOf(3))
  await expectVerdict(one.page, honoured)
  await expectStanding(one.page, 'held')
  await two.scan(codeOf(3))
  await expectVerdict(two.page, givenThere)

  await openSettings(one.page)
  await tillIn(one.page, 'T02').getByRole('button').click()
  await one.page.getByTestId('chain-question-run').click()
  await expect(one.page.getByTestId('chain-removed')).toBeVisible()
  await expect(tillIn(one.page, 'T02')).toHaveCount(0)
  // At once, and without the internet: the server has ended its connection.
  await openSettings(two.page)
  await expectState(two.page, 'not-admitted')
  await two.page.getByTestId('go-till').click()
  await two.scan(codeOf(4))
  await expectVerdict(two.page, honoured)
  await expectStanding(two.page, 'unchecked')

  // The server ends with the till that runs it.
  const pid = serverProcess(one)
  expect(isRunning(pid)).toBe(true)
  await one.close()
  expect(isRunning(pid)).toBe(false)
})

async function becomeServer({ page }: TillOfShop, port: number): Promise<void> {
  await openSettings(page)
  await page.getByRole('radio').last().check({ force: true })
  const portField = page.getByRole('textbox').last()
  await portField.focus()
  await page.keyboard.press('ControlOrMeta+A')
  await typeAsPerson(page, String(port))
  await expect(portField).toHaveText(String(port))
  await page.getByTestId('chain-become-server').click()
  await expect(page.getByTestId('chain-server-state')).toHaveAttribute('data-state', 'running', {
    timeout: 30_000,
  })
}

async function openSettings(page: Page): Promise<void> {
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-chain').click()
}

function tillIn(page: Page, name: string) {
  return page.getByTestId('chain-till').and(page.locator(`[data-name="${name}"]`))
}

async function expectState(page: Page, state: string): Promise<void> {
  await expect(page.getByTestId('chain-state')).toHaveAttribute('data-state', state, {
    timeout: 15_000,
  })
}

async function expectStanding(page: Page, kind: string): Promise<void> {
  await expect(page.getByTestId('verdict-shop')).toHaveAttribute('data-standing', kind, {
    timeout: 20_000,
  })
}

/** The process of the server that this till runs. */
function serverProcess({ userDataFolder }: TillOfShop): number {
  const file = path.join(userDataFolder, 'live', 'shop-server', 'server.pid')
  return Number(readFileSync(file, 'utf8'))
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
