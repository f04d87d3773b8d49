import { BrowserWindow, type Session } from 'electron'
import path from 'node:path'
import { appOrigin } from './page-policy.ts'

interface MainWindowOptions {
  readonly session: Session
  readonly title: string
  readonly preload: string
}

/** The till's one window: sandboxed, isolated, and with nothing of Node in it. */
export function openMainWindow({ session, title, preload }: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title,
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#f4f5f7',
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: path.resolve(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      // The till answers every scan with a sound, also the first one after the start.
      autoplayPolicy: 'no-user-gesture-required',
      // A till in the background still shows what the queue did meanwhile.
      backgroundThrottling: false,
    },
  })
  // The document's own title would hide the mode and the development mark.
  window.on('page-title-updated', (event) => event.preventDefault())
  window.once('ready-to-show', () => {
    window.maximize()
    window.show()
  })
  void window.loadURL(`${appOrigin}/`)
  return window
}
