import type { ChildProcess } from 'node:child_process'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { runOrThrow } from '../command.ts'
import { TaskError } from '../project.ts'
import { inRealTime } from './real-time.ts'
import { firstLine, startServer } from './session-process.ts'

/** A typical screen of a till. */
const screen = '1366x768x24'

/**
 * Starts an X server and returns its DISPLAY. The server picks a free number and reports it once it accepts clients.
 */
export async function startXServer(
  env: NodeJS.ProcessEnv,
  servers: ChildProcess[],
): Promise<string> {
  const options = ['-screen', '0', screen, '-nolisten', 'tcp', '-noreset', '-dpi', '96']
  // The X server sets the time stamps of key events.
  const { command, args } = inRealTime('Xvfb', ['-displayfd', '3', ...options])
  const server = startServer(command, args, {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  servers.push(server)
  const display = server.stdio[3]
  if (!(display instanceof Readable)) throw new Error('no pipe to Xvfb')
  const number = await firstLine('Xvfb', server, display)
  return `:${number}`
}

/** Without a window manager no window ever gets the keyboard focus. */
export async function startWindowManager(
  env: NodeJS.ProcessEnv,
  servers: ChildProcess[],
): Promise<void> {
  servers.push(startServer('openbox', ['--sm-disable'], { env }))
  // A running window manager announces itself on the root window (_NET_SUPPORTING_WM_CHECK), which xdotool reads.
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (await answersDesktopQuestions(env)) return
    await sleep(50)
  }
  throw new TaskError('openbox did not come up.')
}

async function answersDesktopQuestions(env: NodeJS.ProcessEnv): Promise<boolean> {
  return runOrThrow('xdotool', ['get_desktop'], { env }).then(
    () => true,
    () => false,
  )
}
