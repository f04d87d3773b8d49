import { globalShortcut, powerMonitor, type BrowserWindow } from 'electron'
import type { Engine } from '../engine/start-engine.ts'
import { createCompactSwitch } from './compact-window.ts'
import { createFocusReturn } from './focus-return.ts'
import { raiseWindow } from './raise-window.ts'
import { keepWindow } from './keep-window.ts'
import { warnBeforeClosing } from './quit-warning.ts'
import type { PracticeProcess } from './practice-process.ts'
import { openTray } from './tray.ts'
import { windowTitle } from './window-title.ts'

/** Changes within this time are shown together. */
const coalesceMs = 40

/**
 * Keeps the till on the screen and within reach while another program is in front: the tray icon, the compact window
 * above the others, the focus taken back, and the keyboard given to the page whenever the window has it. `onGone` is
 * called with the reason when the page's process dies. Returns a function that ends all of this.
 */
export function attachWindowBehaviour(
  window: BrowserWindow,
  engine: Pick<Engine, 'snapshot' | 'setCompact' | 'windowLeft' | 'subscribe'>,
  practice: Pick<PracticeProcess, 'isOpen'>,
  onGone: (reason: string) => void,
): () => void {
  keepWindow(window, onGone)
  warnBeforeClosing(window, () => engine.snapshot())
  const raise = (): void => raiseWindow(window)
  const setCompact = createCompactSwitch(window)
  const tray = openTray({
    raise,
    setCompact: (compact) => engine.setCompact(compact),
    quit: () => window.close(),
  })
  const focusReturn = createFocusReturn({
    raise,
    afterMs: () => {
      const snapshot = engine.snapshot()
      // Nobody is called back to work out of their practice.
      return snapshot?.compact === true && !practice.isOpen() ? snapshot.focusBackMs : null
    },
    idleMs: () => powerMonitor.getSystemIdleTime() * 1000,
    clock: Date.now,
    every: (ms, call) => {
      const timer = setInterval(call, ms)
      return () => clearInterval(timer)
    },
  })
  window.on('blur', () => {
    focusReturn.blurred()
    engine.windowLeft()
  })
  window.on('focus', () => {
    focusReturn.focused()
    window.webContents.focus()
  })
  const show = (): void => {
    const snapshot = engine.snapshot()
    if (snapshot === null) return
    window.setTitle(windowTitle(snapshot))
    tray.show(snapshot)
    setCompact(snapshot.compact)
  }
  // A window that is not on the screen yet cannot be placed.
  if (window.isVisible()) show()
  else window.once('show', show)
  // Drawn after the page shows the verdict, which is more urgent than title and tray.
  let timer: NodeJS.Timeout | null = null
  const stop = engine.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null
      if (window.isVisible()) show()
    }, coalesceMs)
  })
  return () => {
    stop()
    if (timer) clearTimeout(timer)
    focusReturn.focused()
    tray.close()
    globalShortcut.unregisterAll()
  }
}
