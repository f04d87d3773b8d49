import { globalShortcut, powerMonitor, type BrowserWindow } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { compactable } from './compact-window.ts'
import { createFocusReturn } from './focus-return.ts'
import { raiseWindow } from './raise-window.ts'
import { keepWindow } from './keep-window.ts'
import { warnBeforeClosing } from './quit-warning.ts'
import { openTray } from './tray.ts'
import { windowTitle } from './window-title.ts'

interface Shown {
  till(): { ageVerdict(): void } | null
  snapshot(): AppSnapshot
  prefer(change: { readonly compact: boolean }): void
  subscribe(listener: () => void): () => void
}

const togetherMs = 40

/**
 * Keeps the till on the screen, and within reach while another program is in front: tray icon, compact window above the
 * others, the focus taken back, and the page given the keyboard whenever the window has it. Answers how to end all
 * that.
 */
export function attachWindowBehaviour(
  window: BrowserWindow,
  till: Shown,
  onGone: (reason: string) => void,
): () => void {
  keepWindow(window, onGone)
  warnBeforeClosing(window, () => till.snapshot())
  const raise = (): void => raiseWindow(window)
  const setCompact = compactable(window)
  const tray = openTray({
    raise,
    setCompact: (compact) => till.prefer({ compact }),
    quit: () => window.close(),
  })
  const focusReturn = createFocusReturn({
    raise,
    afterMs: () => {
      const { compact, focusBackMs } = till.snapshot()
      return compact ? focusBackMs : null
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
    // Who comes back reads what is new, not what was.
    till.till()?.ageVerdict()
  })
  window.on('focus', () => {
    focusReturn.focused()
    window.webContents.focus()
  })
  const show = (): void => {
    const snapshot = till.snapshot()
    window.setTitle(windowTitle(snapshot))
    tray.show(snapshot)
    setCompact(snapshot.compact)
  }
  // What is not on the screen yet cannot be moved.
  if (window.isVisible()) show()
  else window.once('show', show)
  // After the verdict that they belong to: a scan is several changes, and the tray waits for none of them.
  let timer: NodeJS.Timeout | null = null
  const stop = till.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = null
      if (window.isVisible()) show()
    }, togetherMs)
  })
  return () => {
    stop()
    if (timer) clearTimeout(timer)
    focusReturn.focused()
    tray.close()
    globalShortcut.unregisterAll()
  }
}
