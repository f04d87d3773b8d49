import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Page, TestInfo } from '@playwright/test'

const execute = promisify(execFile)

/** Takes a picture of the window and returns the codes that an independent program reads from it. */
export async function codesOnScreen(
  page: Page,
  testInfo: TestInfo,
  name: string,
): Promise<string[]> {
  const picture = testInfo.outputPath(`${name}.png`)
  await writeFile(picture, await page.screenshot({ scale: 'device' }))
  try {
    const { stdout } = await execute('zbarimg', ['--quiet', '--nodbus', picture])
    return stdout.split('\n').filter((line) => line !== '')
  } catch (error) {
    if (isNothingFound(error)) return []
    throw error
  }
}

/** `zbarimg` exits with 4 when the picture has no code that it can read. */
function isNothingFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 4
}
