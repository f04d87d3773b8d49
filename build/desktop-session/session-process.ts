import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import type { Readable } from 'node:stream'
import { TaskError } from '../project.ts'

const patienceMs = 15_000

/**
 * Starts one server of the session. The kernel kills it when this process ends in whatever way (setpriv --pdeathsig),
 * so that nothing is left behind even after a SIGKILL.
 */
export function startServer(
  command: string,
  args: readonly string[],
  options: { env: NodeJS.ProcessEnv; stdio?: StdioOptions },
): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', command, ...args], {
    env: options.env,
    stdio: options.stdio ?? 'ignore',
  })
}

/** Resolves to the first line that a server writes to `from`; rejects when it ends before or takes too long. */
export function firstLine(name: string, server: ChildProcess, from: Readable): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  let text = ''
  from.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    const end = text.indexOf('\n')
    if (end !== -1) resolve(text.slice(0, end).trim())
  })
  server.once('error', reject)
  server.once('exit', (code) =>
    reject(new TaskError(`${name} ended with ${code} before it was ready.`)),
  )
  const timer = setTimeout(
    () => reject(new TaskError(`${name} was not ready after ${patienceMs / 1000} s.`)),
    patienceMs,
  )
  return promise.finally(() => clearTimeout(timer))
}

/** Stops a server and waits until it has exited. */
export async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  const hard = setTimeout(() => server.kill('SIGKILL'), 2_000)
  await gone
  clearTimeout(hard)
}
