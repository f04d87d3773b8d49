import type { BrowserWindow } from 'electron'

/** Brings the window before all others, with the keyboard in its page: the next scan must go there. */
export function raiseWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  window.webContents.focus()
}
