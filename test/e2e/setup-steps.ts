import type { Page } from '@playwright/test'
import { expect, type Merchant } from '../support/live-test.ts'
import type { TillApp } from '../support/till-app.ts'

/** The system's file dialog cannot be driven by a test; it returns these paths. */
export async function answerDialog(till: TillApp, paths: readonly string[]): Promise<void> {
  await till.electron.evaluate(({ dialog }, filePaths) => {
    Reflect.set(dialog, 'showOpenDialog', async () => ({ canceled: false, filePaths }))
  }, paths)
}

/** A test has no recycle bin of its own: what goes there is written down. */
export async function watchTrash(till: TillApp): Promise<void> {
  await till.electron.evaluate(({ shell }) => {
    const files: string[] = []
    Reflect.set(globalThis, 'trashed', files)
    Reflect.set(shell, 'trashItem', async (file: string) => void files.push(file))
  })
}

export function trashed(till: TillApp): Promise<unknown> {
  return till.electron.evaluate((): unknown => Reflect.get(globalThis, 'trashed'))
}

/** Pastes into the field that has the focus. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', pasted)
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }))
  }, text)
}

/** Pastes over what is in a field, as people do who copy it from a web page or a letter. */
export async function fill(page: Page, label: RegExp, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: label })
  await field.focus()
  // A key that is down for no time at all is a scanner's, and what changes the field meanwhile is undone.
  await page.keyboard.press('ControlOrMeta+a', { delay: 80 })
  if (text === '') return
  await paste(page, text)
  await expect(field).toHaveText(/^[^]+$/)
}

/** Opens set-up, fills in the first step and goes on to the second. */
export async function openSetup(till: TillApp, merchant: Merchant): Promise<Page> {
  const { page } = till
  await page.getByTestId('go-settings').click()
  await page.getByTestId('tab-merchant').click()
  await fill(page, /^(Merchant id|商户号)$/, merchant.merchantId)
  await fill(page, /^AppID$/, merchant.appid)
  await fill(page, /^(Till number|收银台编号)$/, 'B2')
  await fill(page, /^(Hosts|服务器)$/, merchant.origin)
  await next(page, 'certificate')
  return page
}

export async function next(page: Page, step: string): Promise<void> {
  await page.getByTestId('setup-next').click()
  await expect(page.getByTestId('setup')).toHaveAttribute('data-step', step)
}

export async function choose(
  till: TillApp,
  testId: string,
  paths: readonly string[],
): Promise<void> {
  await answerDialog(till, paths)
  await till.page.getByTestId(testId).getByRole('button').last().click()
}

export const testButton = /Test the connection|测试连接/
export const saveButton = /Save|保存/
