import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { TestInfo } from '@playwright/test'

const execute = promisify(execFile)

/** Returns the codes that an independent program reads from a picture of the window, as it prints them: `CODE-128:…` or `QR-Code:…`. */
export async function codesIn(
  picture: Buffer,
  testInfo: TestInfo,
  name: string,
): Promise<string[]> {
  const file = testInfo.outputPath(`${name}.png`)
  await writeFile(file, picture)
  try {
    const { stdout } = await execute('zbarimg', ['--quiet', '--nodbus', file])
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
