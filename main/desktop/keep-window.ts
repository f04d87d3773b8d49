import { app, type BrowserWindow } from 'electron'
import { isProvisioning } from './tell-window.ts'
import { raiseWindow } from './raise-window.ts'

/** After more crashes of the page than this within the time below, the program ends. */
const maxCrashes = 3
const crashPeriodMs = 5 * 60_000

/**
 * Keeps the till on the screen: a second start of the program raises this window, and a page whose process died is loaded
 * again. `onCrash` gets the reason. `hexiao-till provision` raises nothing: `onProvisioned` is called. Queue and requests are in the main process and go on meanwhile.
 */
export function keepWindow(
  window: BrowserWindow,
  onCrash: (reason: string) => void,
  onProvisioned: () => void,
): void {
  app.on('second-instance', (_event, _argv, _folder, told) => {
    if (isProvisioning(told)) onProvisioned()
    else raiseWindow(window)
  })
  app.on('window-all-closed', () => app.quit())

  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onCrash(reason)
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < crashPeriodMs), now]
    if (crashes.length > maxCrashes) {
      app.quit()
      return
    }
    // The new page must have the keyboard, or the next scan would be lost.
    window.webContents.once('did-finish-load', () => {
      window.blur()
      window.focus()
      window.webContents.focus()
    })
    window.webContents.reload()
  })
}
