import { app } from 'electron'
import type { Crash } from '../computer/crash-records.ts'
import { keepCrash } from '../computer/crash-records.ts'
import type { Log } from '../computer/log.ts'

/** After more crashes of Chromium's drawing process than this, it is drawn without the graphics card from the next start. */
const maxGpuCrashes = 3
const noGpuSwitch = 'disable-gpu'

/**
 * Notes every process of the program that dies: in the log, and in a file of its own. A lost graphics process comes back by
 * itself; where it does so again and again, the program starts once more without graphics card. `restart` does that.
 */
export function watchProcesses(userData: string, log: Log, restart: () => void): void {
  let gpuCrashes = 0
  app.on('render-process-gone', (_event, _contents, { reason, exitCode }) => {
    keep({ process: 'page', reason, exitCode }, userData, log)
  })
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason === 'clean-exit') return
    keep({ process: type, reason, exitCode }, userData, log)
    if (type !== 'GPU' || app.commandLine.hasSwitch(noGpuSwitch)) return
    gpuCrashes += 1
    if (gpuCrashes > maxGpuCrashes) restart()
  })
}

function keep(
  gone: Pick<Crash, 'process' | 'reason' | 'exitCode'>,
  userData: string,
  log: Log,
): void {
  log.warn('process.gone', { ...gone })
  try {
    const { electron } = process.versions
    const upSeconds = Math.round(process.uptime())
    keepCrash(userData, { ...gone, version: app.getVersion(), electron, upSeconds }, Date.now())
  } catch (cause) {
    log.error('exit.fault', cause)
  }
}
