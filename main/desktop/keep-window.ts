import { app, type BrowserWindow } from 'electron'
import { raiseWindow } from './raise-window.ts'

/** A page that dies again and again within this time is not brought back for ever. */
const crashWindowMs = 5 * 60_000
const crashesBeforeGivingUp = 3

/**
 * Keeps the till on the screen: a second start raises this window, and a page that died comes back. Queue and requests
 * live in the main process and go on meanwhile.
 */
export function keepWindow(window: BrowserWindow, onCrash: (reason: string) => void): void {
  app.on('second-instance', () => raiseWindow(window))
  app.on('window-all-closed', () => app.quit())

  let crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    onCrash(reason)
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < crashWindowMs), now]
    if (crashes.length > crashesBeforeGivingUp) {
      app.quit()
      return
    }
    // The new page must have the keyboard, or the next scan goes nowhere.
    window.webContents.once('did-finish-load', () => {
      window.blur()
      window.focus()
      window.webContents.focus()
    })
    window.webContents.reload()
  })
}
