import { BrowserWindow, session } from 'electron'
import { lockDownSession } from './lockdown.ts'

/**
 * Opens a document that the main process composed in a window that nobody sees, hands it to `work` and closes it. No
 * script runs in it, and nothing but itself is loaded.
 */
export async function inReportWindow<T>(
  html: string,
  work: (window: BrowserWindow) => Promise<T>,
): Promise<T> {
  const pages = session.fromPartition('report')
  lockDownSession(pages)
  const window = new BrowserWindow({
    show: false,
    webPreferences: {
      session: pages,
      javascript: false,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: false,
    },
  })
  try {
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(html)}`)
    return await work(window)
  } finally {
    window.destroy()
  }
}
