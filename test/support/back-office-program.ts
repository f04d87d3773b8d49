import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { engineHere } from './engine-here.ts'

const run = promisify(execFile)
const env: NodeJS.ProcessEnv = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '' }

/** `hexiao-till shop-server` or `office-hub`, as a computer without a till runs it. */
export interface BackOfficeProgram {
  readonly child: ChildProcess
  readonly folder: string
  output(): string
  /** What it prints for these words. Rejects where it ends with another code than 0. */
  text(...words: string[]): Promise<string>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

export function backOfficeFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-back-office-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** Starts its `run`, without a display, and waits until it says that it runs. */
export async function startBackOfficeProgram(
  script: string,
  folder: string,
  port: number,
  ...words: string[]
): Promise<BackOfficeProgram> {
  const where = ['--folder', folder]
  const bare = { ...env, DISPLAY: undefined, DBUS_SESSION_BUS_ADDRESS: undefined }
  const of = ['run', ...where, '--program', engineHere ?? '', '--port', String(port), ...words]
  const child = spawn(process.execPath, [script, ...of], { env: bare })
  const ended = once(child, 'close')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  let output = ''
  const isRunning = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        output += chunk
        if (output.includes(`port ${port}`)) resolve()
      })
    child.once('close', () => reject(new Error(output)))
  })
  await isRunning
  return {
    child,
    folder,
    output: () => output,
    async text(...asked) {
      const { stdout } = await run(process.execPath, [script, ...asked, ...where], { env })
      return stdout
    },
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}
