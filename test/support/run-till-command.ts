import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { z } from 'zod'
import { appUnderTest } from './app-under-test.ts'

const Report = z.object({
  command: z.string(),
  ok: z.boolean(),
  checks: z.array(
    z.object({ check: z.string(), state: z.string(), code: z.string(), text: z.string() }),
  ),
  facts: z.record(z.string(), z.unknown()).optional(),
})

export interface CommandRun {
  readonly exitCode: number | null
  readonly stdout: string
  report(): z.infer<typeof Report>
  /** Returns `state code` of each line of one check. */
  of(check: string): string[]
}

/** Starts the app with a command, as a script would, and waits until it ends. */
export async function runTillCommand(
  words: readonly string[],
  options: { userDataFolder: string; env?: NodeJS.ProcessEnv; stdin?: string | Uint8Array },
): Promise<CommandRun> {
  const { executable, appFolder } = appUnderTest()
  const args = [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(appFolder === undefined ? [] : [appFolder]),
    `--user-data-dir=${options.userDataFolder}`,
    ...words,
  ]
  const env = options.env ?? process.env
  const child = spawn(executable, args, { env, stdio: ['pipe', 'pipe', 'ignore'] })
  let stdout = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stdin.end(options.stdin ?? '')
  await once(child, 'close')
  const report = () => Report.parse(JSON.parse(stdout))
  return {
    exitCode: child.exitCode,
    stdout,
    report,
    of: (name) =>
      report().checks.flatMap(({ check, state, code }) =>
        check === name ? [`${state} ${code}`] : [],
      ),
  }
}
