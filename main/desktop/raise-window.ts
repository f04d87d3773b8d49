import type { BrowserWindow } from 'electron'

/** Brings the window to the front and gives its page the keyboard, so that the next scan goes there. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  window.webContents.focus()
}
