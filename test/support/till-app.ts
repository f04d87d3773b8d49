import { _electron, type ElectronApplication, errors, type Page } from '@playwright/test'
import path from 'node:path'

/** The real app in a real window, started as on a cashier's desktop. */
export interface TillApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly processId: number
  /** Whether its keys pass through an input method, which keeps some and passes others on late. */
  readonly hasInputMethod: boolean
  /** Returns everything that the app has written to its terminal so far. */
  output(): string
  /** Asks the app to quit, and waits until its process has exited. */
  close(): Promise<void>
  /** Ends the process at once, like a power cut. */
  kill(): Promise<void>
}

export interface TillAppOptions {
  /** The executable: Electron itself, or a packaged app. */
  readonly executable: string
  /** The project folder for Electron itself; omitted for a packaged app. */
  readonly appFolder?: string
  readonly userDataFolder: string
  readonly env: NodeJS.ProcessEnv
  /** Control address of a stand-in in another process (loopback, training mode only). */
  readonly trainingGateway?: string
  readonly switches?: readonly string[]
  /** The test id of what is waited for; without it, a till that listens for scans or shows why it does not. */
  readonly until?: string
}

/** A test's own time ends after 240 s, and says no more than that; on a machine with a load of 10 a start took 20 s. */
const stageMs = 60_000

export async function launchTill(options: TillAppOptions): Promise<TillApp> {
  const electron = await startedBy(options)
  const child = electron.process()
  const written: string[] = []
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => written.push(chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => written.push(chunk))
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const output = () => written.join('')
  try {
    const page = await electron.firstWindow({ timeout: stageMs })
    const till = page
      .getByTestId('verdict')
      .or(page.getByTestId('obstacle'))
      .or(page.getByTestId('lock'))
    const shown = options.until === undefined ? till : page.getByTestId(options.until)
    await shown.waitFor({ timeout: stageMs })
    return {
      electron,
      page,
      processId: child.pid ?? 0,
      hasInputMethod: options.env['GTK_IM_MODULE'] !== undefined,
      output,
      async close() {
        await electron.close()
        await gone
      },
      async kill() {
        child.kill('SIGKILL')
        await gone
      },
    }
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`The till showed no window. It wrote:\n${output()}`, { cause: error })
  }
}

/**
 * Starts the program under Playwright. A start on a busy machine once hung without a word, and its cause was not found.
 * Where Playwright gets no connection to the process in time, it is tried once more, and the output says so; a till that
 * starts and shows nothing fails all the same.
 */
async function startedBy(options: TillAppOptions): Promise<ElectronApplication> {
  const gateway = options.trainingGateway
  const launch = () =>
    _electron.launch({
      executablePath: options.executable,
      args: [
        ...(options.appFolder === undefined ? [] : [path.resolve(options.appFolder)]),
        `--user-data-dir=${options.userDataFolder}`,
        ...(gateway === undefined ? [] : [`--training-gateway=${gateway}`]),
        ...(options.switches ?? []),
      ],
      // The sandbox is used wherever Chromium allows it, which is not the case for root.
      chromiumSandbox: process.getuid?.() !== 0,
      env: environmentOf(options.env),
      timeout: stageMs,
    })
  try {
    return await launch()
  } catch (error) {
    if (!(error instanceof errors.TimeoutError)) throw error
    console.warn(`Playwright did not hear from the program within ${stageMs} ms; once more.`)
    return launch()
  }
}

/** Playwright accepts only strings. A developer's own ELECTRON_RUN_AS_NODE would open no window. */
export function environmentOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || name === 'ELECTRON_RUN_AS_NODE' ? [] : [[name, value] as const],
  )
  return Object.fromEntries(entries)
}
