import { err, ok, type Result } from '../contract/result.ts'
import type {
  InstallFault,
  InstallRefusal,
  InstallWay,
  UpdateProgress,
  UpdateState,
} from '../contract/updates.ts'
import { refusalToInstall, type Trade } from './when-to-install.ts'

/** Fetches and installs on the window's thread, where electron-updater has to run. */
export interface UpdateProgram {
  way(): Promise<InstallWay>
  /** Fetches the newest version at the address and checks whose it is; returns why it is not here, or `null`. */
  download(address: string): Promise<InstallFault | null>
  /** Calls the listener with how much was fetched, of 100. Returns a function that ends the listening. */
  onPercent(listener: (percent: number) => void): () => void
  /** Ends the till and starts the new version. Returns only when it did not: why. */
  install(): Promise<InstallFault | null>
}

interface InstallerParts {
  readonly state: { get(): UpdateState }
  readonly program: UpdateProgram
  /** What goes on at the till; `null` where none is open, which nobody can be interrupted at. */
  readonly trade: () => Trade | null
  /** Epoch milliseconds. */
  readonly clock: () => number
  readonly onChange: () => void
  readonly onFault: (cause: unknown) => void
}

export interface UpdateInstaller {
  progress(): UpdateProgress
  /** Begins to fetch what was found. Does nothing while that goes on, or once it is here. */
  download(): void
  /** How much was fetched, of 100. */
  downloaded(percent: number): void
  /** Installs for a person. Fails with what would be interrupted. */
  install(): Result<null, { readonly code: InstallRefusal }>
  close(): void
}

const dueCheckMs = 60_000
/** After a fault it is tried again by itself no sooner. */
const retryMs = 6 * 3_600_000

/** Fetches a newer version in the background, and installs it when nobody is in its way. */
export function createUpdateInstaller(parts: InstallerParts): UpdateInstaller {
  const { state, program, clock, onChange } = parts
  let progress: UpdateProgress = { way: 'by-hand', stage: 'none', percent: 0, fault: null }
  /** The version that `progress` is about. */
  let version: string | null = null
  let failedAt = 0

  function show(change: Partial<UpdateProgress>): void {
    progress = { ...progress, ...change }
    onChange()
  }

  function failed(fault: InstallFault): void {
    failedAt = clock()
    show({ stage: 'failed', fault })
  }

  async function fetchIt(address: string): Promise<void> {
    const fault = await program.download(address)
    // Another address was set meanwhile: what came from this one is not what is shown.
    if (state.get().address !== address) return show({ stage: 'none', percent: 0 })
    if (fault === null) show({ stage: 'ready', percent: 100, fault: null })
    else failed(fault)
  }

  function download(): void {
    const { address, found } = state.get()
    const isUnderWay = progress.stage === 'downloading' || progress.stage === 'installing'
    if (address === null || found === null || progress.way === 'by-hand' || isUnderWay) return
    if (progress.stage === 'ready' && version === found.version) return
    version = found.version
    show({ stage: 'downloading', percent: 0, fault: null })
    fetchIt(address).catch((cause: unknown) => {
      parts.onFault(cause)
      failed('not-downloaded')
    })
  }

  function tryToInstall(by: 'person' | 'hour'): InstallRefusal | null {
    if (progress.stage !== 'ready') return 'not-ready'
    const trade = parts.trade()
    const refusal = trade && refusalToInstall(by, trade, state.get().hour, clock())
    if (refusal !== null) return refusal
    show({ stage: 'installing' })
    program.install().then(
      (fault) => fault !== null && failed(fault),
      (cause: unknown) => {
        parts.onFault(cause)
        failed('not-installed')
      },
    )
    return null
  }

  function advance(): void {
    const { automatic, found, takenBack } = state.get()
    if (!automatic || found === null || found.version === takenBack) return
    const isNew = version !== found.version
    const isDue = progress.stage === 'none' || isNew || clock() - failedAt >= retryMs
    if (progress.stage !== 'ready' || isNew) {
      if (isDue) download()
      return
    }
    // Where somebody has to confirm it, nobody would at night.
    if (progress.way === 'by-itself') tryToInstall('hour')
  }

  const timer = setInterval(advance, dueCheckMs)
  timer.unref()
  program.way().then((way) => {
    show({ way })
    advance()
  }, parts.onFault)

  return {
    progress: () => progress,
    download,
    downloaded(percent) {
      const whole = Math.min(100, Math.max(0, Math.floor(percent)))
      // The page is told of whole steps alone.
      if (progress.stage === 'downloading' && whole > progress.percent) show({ percent: whole })
    },
    install() {
      const refusal = tryToInstall('person')
      return refusal === null ? ok(null) : err({ code: refusal })
    },
    close: () => clearInterval(timer),
  }
}
