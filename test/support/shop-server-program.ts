import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { Reply } from '../../main/shop-server/control.ts'
import { engineHere } from './engine-here.ts'

const run = promisify(execFile)
const source = path.join(import.meta.dirname, '../../main/shop-server/main.ts')
const env: NodeJS.ProcessEnv = { ...process.env, LANG: 'en_US.UTF-8', LC_ALL: '' }

/** `hexiao-till shop-server`, as a computer without a till runs it. */
export interface ShopServerProgram {
  readonly child: ChildProcess
  readonly folder: string
  output(): string
  order(...words: string[]): Promise<Reply>
  /** As a person reads it. */
  text(...words: string[]): Promise<string>
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

export function shopServerFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'hexiao-shop-server-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** Starts it, without a display, and waits until it says that it runs. */
export async function startShopServerProgram(
  folder: string,
  port: number,
  script = source,
): Promise<ShopServerProgram> {
  const where = ['--folder', folder]
  const bare = { ...env, DISPLAY: undefined, DBUS_SESSION_BUS_ADDRESS: undefined }
  const of = ['run', ...where, '--program', engineHere ?? '', '--port', String(port)]
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
        if (output.includes(`on port ${port}`)) resolve()
      })
    child.once('close', () => reject(new Error(output)))
  })
  await isRunning
  const told = async (words: readonly string[]): Promise<string> => {
    const { stdout } = await run(process.execPath, [script, ...words, ...where], { env })
    return stdout
  }
  return {
    child,
    folder,
    output: () => output,
    order: async (...words) => Reply.parse(JSON.parse(await told([...words, '--json']))),
    text: (...words) => told(words),
    async end(signal) {
      child.kill(signal)
      await ended
      return child.exitCode
    },
  }
}
