/*
 * desktop/ is the only folder, beside ipc/ and preload/, that may use Electron: window, tray, dialogs, start and end of the
 * program. What can be decided without Electron is decided elsewhere and handed in.
 */

import { app, BrowserWindow, Menu, session } from 'electron'
import path from 'node:path'
import { loadResponses, serveApp } from './app-protocol.ts'
import { lockDownSession } from './lockdown.ts'
import type { Engine } from '../engine/start-engine.ts'
import { placeOfWindow } from './remember-screen.ts'
import { appOrigin } from './page-policy.ts'

/** A keychain that asks for a password can take long, and a person who sees no window starts the till again. */
const longestHiddenMs = 1500

/**
 * Keeps the default menu away. Scanners type its shortcuts (Ctrl+W, Ctrl+R, Ctrl+M, Ctrl+-) for control characters. macOS
 * keeps it, because copy and paste work through it. To be called before Electron is ready, which would make it first.
 */
export function removeDefaultMenu(): void {
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null)
}

/** How every window of the program begins: where it was, and not shown yet. */
export function windowLooks(): Electron.BrowserWindowConstructorOptions {
  return {
    ...placeOfWindow(app.getPath('userData'), { width: 1366, height: 768 }),
    minWidth: 960,
    minHeight: 600,
    show: false,
    backgroundColor: '#f4f5f7',
    autoHideMenuBar: true,
  }
}

/** A page without Node, in a sandbox, with a session in memory that reaches the shipped files alone. `preload`: its one script. */
export function lockedPage(preload: string): Electron.WebPreferences {
  const built = path.join(app.getAppPath(), 'out')
  const pages = session.fromPartition('till')
  lockDownSession(pages)
  serveApp(pages, path.join(built, 'renderer'))
  return {
    session: pages,
    preload: path.join(built, 'preload', preload),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    devTools: !app.isPackaged,
    spellcheck: false,
    navigateOnDragDrop: false,
  }
}

/** The document's own title would replace the one that tells mode and development runtime. */
export function keepTitle(window: BrowserWindow): void {
  window.on('page-title-updated', (event) => event.preventDefault())
}

/**
 * Opens the till's one window: sandboxed, isolated, without Node, and with a session that is in memory alone. It is shown
 * with the till, or without it when that takes long.
 */
export function openMainWindow({ opened }: Pick<Engine, 'opened'>): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Hexiao Till',
    ...windowLooks(),
    webPreferences: {
      ...lockedPage('index.cjs'),
      // Every scan is followed by a sound, and the first one comes before any click.
      autoplayPolicy: 'no-user-gesture-required',
      // A till in the background must still show what the queue does.
      backgroundThrottling: false,
    },
  })
  keepTitle(window)
  const painted = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()))
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), longestHiddenMs))
  void Promise.all([Promise.race([opened, late]), painted]).then(([snapshot]) => {
    if (window.isDestroyed()) return
    if (snapshot?.compact !== true) window.maximize()
    window.show()
  })
  void window.loadURL(`${appOrigin}/`)
  setImmediate(loadResponses)
  return window
}
