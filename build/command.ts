import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { projectRoot, TaskError } from './project.ts'
import { onShutdown } from './on-shutdown.ts'

const graceMs = 5000

/**
 * Runs a command in this terminal and returns its exit status, 128 if a signal ended it. The command is ended when this
 * process is asked to stop.
 */
export function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const child = spawn(command, args, { cwd: projectRoot, stdio: 'inherit', env })
  const forget = onShutdown(() => end(child))
  child.on('error', reject)
  child.on('exit', (code) => resolve(code ?? 128))
  return promise.finally(forget)
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  const hard = setTimeout(() => child.kill('SIGKILL'), graceMs)
  await gone
  clearTimeout(hard)
}

/** Runs a command and returns its output. Throws with what it wrote, its errors first, unless it exits with 0. */
export async function runOrThrow(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
  child.on('error', reject)
  child.on('close', resolve)
  const status = await promise
  if (status !== 0) {
    throw new TaskError(
      `${command} ${args[0] ?? ''} failed (${status}):\n${complaint.trim() || output.trim()}`,
    )
  }
  return output
}
