import type { Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { CommandReply } from '../../main/pos/command-schemas.ts'
import { Order, Paired } from '../../main/pos/schemas.ts'
import { waitForScanEnd } from '../support/counter-steps.ts'
import { freePort } from '../support/free-port.ts'
import { runPosCommand } from '../support/pos-command.ts'
import { expect, test } from '../support/training-test.ts'
import { typeAsPerson } from '../support/type-as-person.ts'
import { sampleCodes, TillPage } from './till-page.ts'

test('an owner switches the link on and pairs a POS, which hears of a scan at the till until it is revoked', async ({
  standIn,
  till,
  keyboard,
}) => {
  const { page } = till
  const port = await switchOn(page)
  const origin = `http://127.0.0.1:${port}`
  await page.getByTestId('pos-pair').click()
  const code = await page.getByTestId('pos-code').innerText()
  const paired = await fetch(`${origin}/v1/pairings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: code.trim(), name: '收银台 1' }),
  })
  const { token } = Paired.parse(await paired.json())
  await expect(page.getByTestId('pos-client')).toContainText('收银台 1')
  await expect(page.getByTestId('pos-code')).toHaveCount(0)

  await keyboard.press('Escape')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const ask = async (method: string, address: string, body?: object) => {
    const response = await fetch(`${origin}${address}`, {
      method,
      headers: { ...headers, 'idempotency-key': randomUUID() },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, json: await response.json() }
  }
  await ask('POST', '/v1/orders', { orderId: 'A1', totalFen: 12_800, cashier: '小陈' })
  await waitForScanEnd(page)
  const [first] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(first)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  const read = await ask('GET', '/v1/orders/A1')
  expect(Order.parse(read.json)).toMatchObject({
    mode: 'training',
    deductFen: 2000,
    payFen: 10_800,
  })

  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-pos').click()
  await page.getByTestId('pos-client').getByRole('button').click()
  await expect(page.getByTestId('pos-client')).toHaveCount(0)
  expect((await ask('GET', '/v1/status')).status).toBe(401)
})

test('what the guide says to the IT of a shop can be followed in a new profile: command and folder', async ({
  standIn,
  till,
  keyboard,
}, info) => {
  const { page } = till
  const port = await switchOn(page)
  await page.getByTestId('pos-pair').click()
  const digits = (await page.getByTestId('pos-code').innerText()).trim()
  const [pair = '', status = '', order = '', read = '', end = ''] = commandsOfGuide()
  const file = info.outputPath('token')
  const run = async (command: string) => {
    const words = command.replace('483920', digits).replace('9740', String(port))
    const split = [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    )
    return CommandReply.parse(JSON.parse((await runPosCommand(split, { file })).text))
  }
  expect(await run(pair)).toMatchObject({ ok: true })
  await expect(page.getByTestId('pos-client')).toContainText('POS 1')
  expect((await run(status)).status?.mode).toBe('training')
  const folder = info.outputPath('requests')
  mkdirSync(folder, { mode: 0o700 })
  await page.getByTestId('pos-folder').fill(folder)
  await page.getByTestId('save').click()
  await expect(page.getByTestId('pos-folder-state')).toHaveAttribute('data-state', 'on')
  writeFileSync(path.join(folder, 't1.tmp'), '{"do":"status"}')
  renameSync(path.join(folder, 't1.tmp'), path.join(folder, 't1.req'))
  await expect.poll(() => existsSync(path.join(folder, 't1.ans'))).toBe(true)
  expect(readFileSync(path.join(folder, 't1.ans'), 'utf8')).toContain('"ok":true')
  await expect.poll(() => existsSync(path.join(folder, 't1.req'))).toBe(false)
  await expect(page.getByTestId('pos-client')).toHaveCount(2)
  await keyboard.press('Escape')
  await run(order)
  const [first] = await sampleCodes(standIn, 'valid')
  await keyboard.scan(first)
  await new TillPage(page).expectVerdict('green', 'redeemed')
  expect((await run(read)).order).toMatchObject({ deductFen: 2000, payFen: 10_800 })
  expect((await run(end)).order?.isEnded).toBe(true)
})

/** The words after `hexiao-till pos` of each step of the guide, in both languages alike but for the name. */
function commandsOfGuide(): string[] {
  const [english, chinese] = ['en', 'zh-CN'].map((language) => {
    const file = path.join(import.meta.dirname, `../../docs/guide/${language}.md`)
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/`hexiao-till pos ([^`]+)`/g)].map(([, words = '']) => words)
  })
  expect(english?.map((words) => words.replace('POS 1', '收银台 1'))).toEqual(chinese)
  return english ?? []
}

/** Switches the link on by its screen, with a port that is free. */
async function switchOn(page: Page): Promise<number> {
  await page.getByTestId('sample').first().waitFor()
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-pos').click()
  await expect(page.getByTestId('pos-listening')).toHaveAttribute('data-state', 'off')
  await expect(page.getByTestId('pos-pair')).toBeDisabled()
  await page.getByRole('radio', { name: /^(On|开启)/ }).check({ force: true })
  const port = await freePort()
  await page.getByRole('textbox', { name: /^(Port|端口)$/ }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await typeAsPerson(page, String(port))
  await page.getByTestId('save').click()
  await expect(page.getByTestId('pos-listening')).toHaveAttribute('data-state', 'on')
  return port
}
