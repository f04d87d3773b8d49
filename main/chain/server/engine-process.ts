import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFileIfThere } from '../../credentials/private-file.ts'

/**
 * `running` once the process is there; whether it answers, the keeper finds out. `port-taken`: another program listens there.
 * `not-started`: the program is missing, or ends at once.
 */
export type EngineState = 'running' | 'restarting' | 'port-taken' | 'not-started' | 'stopped'

export interface EngineProcess {
  state(): EngineState
  /** `null` while none runs. */
  pid(): number | null
  /** Makes it read its configuration again: who was taken out of it is off at once. */
  reload(): void
  /** Ends every connection: the program ends, and is started again with its configuration as it is by then. */
  restart(): void
  /** Ends it, with its files as they must be. */
  stop(): Promise<void>
}

export interface EngineParts {
  /** Path of `nats-server`. */
  readonly binary: string
  readonly configurationFile: string
  /** Where it writes its process id: the configuration says so. */
  readonly pidFile: string
  /** Lines that the server writes; none has a code or a key in it. */
  readonly onLine: (line: string) => void
}

const firstWaitMs = 250
const longestWaitMs = 10_000
/** A process that lived this long was well. */
const wellMs = 5000
const graceMs = 10_000

/** Runs the shop's server as a child and starts it again whenever it ends. */
export function startEngine(parts: EngineParts): EngineProcess {
  const { binary, configurationFile, pidFile, onLine } = parts
  let child: ChildProcess | null = null
  let state: EngineState = 'not-started'
  let isStopping = false
  let failures = 0
  let timer: NodeJS.Timeout | null = null
  let isPortTaken = false
  endForgotten(pidFile, configurationFile)
  start()

  function start(): void {
    timer = null
    const startedAt = performance.now()
    isPortTaken = false
    const [program, ...before] = endingWithParent(binary)
    const started = spawn(program, [...before, '-c', configurationFile], {
      stdio: ['ignore', 'ignore', 'pipe'],
      windowsHide: true,
    })
    child = started
    state = 'running'
    let rest = ''
    started.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (/address already in use|Only one usage of each socket/i.test(line)) isPortTaken = true
        onLine(line)
      }
    })
    let isOver = false
    const over = (): void => {
      if (isOver) return
      isOver = true
      child = null
      if (isStopping) return
      failures = performance.now() - startedAt > wellMs ? 1 : failures + 1
      state = stateAfter()
      timer = setTimeout(start, Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1)))
    }
    started.on('error', (cause) => {
      onLine(cause.message)
      over()
    })
    // `close`, so that what it wrote last has been read.
    started.on('close', over)
  }

  function stateAfter(): EngineState {
    if (isPortTaken) return 'port-taken'
    return failures > 3 ? 'not-started' : 'restarting'
  }

  return {
    state: () => state,
    pid: () => child?.pid ?? null,
    reload() {
      // Windows has no such signal; ended there, it starts again within a second.
      child?.kill(process.platform === 'win32' ? 'SIGTERM' : 'SIGHUP')
    },
    restart() {
      child?.kill('SIGTERM')
    },
    async stop() {
      isStopping = true
      state = 'stopped'
      if (timer !== null) clearTimeout(timer)
      if (child !== null) await end(child)
    },
  }
}

/**
 * A server that outlived a till that was killed would hold its port, with nobody to look after it. Windows ends a child with its parent
 * already, where Node started it; on Linux `setpriv`, which Debian cannot be without, has the kernel do so. Elsewhere the next start does.
 */
function endingWithParent(binary: string): [program: string, ...args: string[]] {
  const setpriv = '/usr/bin/setpriv'
  if (process.platform !== 'linux' || !existsSync(setpriv)) return [binary]
  return [setpriv, '--pdeathsig', 'TERM', '--', binary]
}

/**
 * A program that was killed may have left its server behind, which has the port and hears nobody. Ends it, where it is told from a
 * stranger by the file it was started with; on Windows a person does.
 */
function endForgotten(pidFile: string, configurationFile: string): void {
  const pid = Number(readFileIfThere(pidFile)?.toString('utf8').trim())
  if (!Number.isInteger(pid) || pid <= 1 || process.platform === 'win32') return
  const { stdout } = spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
  if (!(stdout ?? '').includes(configurationFile)) return
  try {
    process.kill(pid, 'SIGTERM')
  } catch {
    // It has ended meanwhile.
  }
}

async function end(running: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => running.once('close', resolve))
  running.kill('SIGTERM')
  const hard = setTimeout(() => running.kill('SIGKILL'), graceMs)
  await gone
  clearTimeout(hard)
}
