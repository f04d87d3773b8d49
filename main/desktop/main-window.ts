import { app, BrowserWindow, Menu, session } from 'electron'
import path from 'node:path'
import { serveApp } from './app-protocol.ts'
import { lockDownSession } from './lockdown.ts'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { appOrigin } from './page-policy.ts'
import { windowTitle } from './window-title.ts'

/** The till's one window: sandboxed, isolated, with nothing of Node in it, and a session that lives in memory alone. */
export function openMainWindow(snapshot: AppSnapshot): BrowserWindow {
  const built = path.join(app.getAppPath(), 'out')
  // The default menu's keys (Ctrl+W, Ctrl+R, Ctrl+M, Ctrl+-) are what scanners type for control characters. macOS takes copy
  // and paste from a menu; it keeps its own.
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
  const pages = session.fromPartition('till')
  lockDownSession(pages)
  serveApp(pages, path.join(built, 'renderer'))
  const window = new BrowserWindow({
    title: windowTitle(snapshot),
    width: 1366,
    height: 768,
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#f4f5f7',
    autoHideMenuBar: true,
    webPreferences: {
      session: pages,
      preload: path.join(built, 'preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      devTools: !app.isPackaged,
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
    if (!snapshot.compact) window.maximize()
    window.show()
  })
  void window.loadURL(`${appOrigin}/`)
  return window
}
