import { app, globalShortcut, powerMonitor, screen, type BrowserWindow } from 'electron'
import type { WindowPlace } from '../contract/window-place.ts'
import type { Engine } from '../engine/start-engine.ts'
import { openCustomerDisplay } from './customer-display.ts'
import { createCompactSwitch } from './compact-window.ts'
import { cpuOf } from './cpu-of-page.ts'
import { createFocusReturn } from './focus-return.ts'
import { raiseWindow } from './raise-window.ts'
import { keepWindow } from './keep-window.ts'
import { rememberScreen } from './remember-screen.ts'
import { stayAwakeInShifts } from './stay-awake.ts'
import { watchPage } from './watch-page.ts'
import { warnBeforeClosing } from './quit-warning.ts'
import type { PracticeProcess } from './practice-process.ts'
import { openTray } from './tray.ts'
import { windowTitle } from './window-title.ts'

/** Changes within this time are shown together. */
const coalesceMs = 40

/**
 * Keeps the till on the screen and within reach while another program is in front: the tray icon, the compact window
 * above the others, the focus taken back, and the keyboard given to the page whenever the window has it. `onGone` is
 * called with the reason when the page's process dies or hangs. Returns a function that ends all of this.
 */
export function attachWindowBehaviour(
  window: BrowserWindow,
  engine: Pick<
    Engine,
    'snapshot' | 'setCompact' | 'windowLeft' | 'windowIs' | 'pageGone' | 'provisioned' | 'subscribe'
  >,
  practice: Pick<PracticeProcess, 'isOpen'>,
  onGone: (reason: string) => void,
  onFault: (cause: unknown) => void,
): () => void {
  keepWindow(
    window,
    (reason) => {
      engine.pageGone()
      onGone(reason)
    },
    () => engine.provisioned(),
  )
  const page = watchPage(
    window.webContents,
    () => {
      onGone('hung')
      // Its end is what loads it anew.
      window.webContents.forcefullyCrashRenderer()
    },
    { now: () => performance.now(), cpu: () => cpuOf(window.webContents) },
  )
  window.webContents.on('before-input-event', () => page.touch())
  const closeCustomerDisplay = openCustomerDisplay(window, engine, onFault)
  const sleepAgain = stayAwakeInShifts(engine)
  const forgetScreen = rememberScreen(window, app.getPath('userData'), onFault)
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
  /**
   * A full window without the focus is behind another program's, unless there is a second screen to stand on, which the customer's
   * is not; a compact one is above all others.
   */
  let told: WindowPlace | null = null
  const tellWhetherSeen = (): void => {
    const { compact = false, customerDisplay = false } = engine.snapshot() ?? {}
    const screens = screen.getAllDisplays().length - (customerDisplay ? 1 : 0)
    const isBehind = !compact && !window.isFocused() && screens < 2
    const isShown = window.isVisible() && !window.isMinimized()
    const place = isShown ? (isBehind ? 'behind' : 'front') : 'hidden'
    // Only what changes: a scan meanwhile shows that somebody looks at it where it is.
    if (place === told) return
    told = place
    engine.windowIs(place)
  }
  window.on('blur', () => {
    focusReturn.blurred()
    engine.windowLeft()
    tellWhetherSeen()
  })
  window.on('focus', () => {
    focusReturn.focused()
    window.webContents.focus()
    tellWhetherSeen()
  })
  window.on('minimize', tellWhetherSeen)
  window.on('restore', tellWhetherSeen)
  window.on('hide', tellWhetherSeen)
  window.on('show', tellWhetherSeen)
  const show = (): void => {
    const snapshot = engine.snapshot()
    if (snapshot === null) return
    window.setTitle(windowTitle(snapshot))
    tray.show(snapshot)
    setCompact(snapshot.compact)
    tellWhetherSeen()
  }
  // A window that is not on the screen yet cannot be placed.
  if (window.isVisible()) show()
  else window.once('show', show)
  // Drawn after the page shows the verdict, which is more urgent than title and tray.
  let timer: NodeJS.Timeout | null = null
  const stop = engine.subscribe(() => {
    page.touch()
    timer ??= setTimeout(() => {
      timer = null
      if (window.isVisible()) show()
    }, coalesceMs)
  })
  return () => {
    stop()
    page.stop()
    sleepAgain()
    closeCustomerDisplay()
    forgetScreen()
    if (timer) clearTimeout(timer)
    focusReturn.focused()
    tray.close()
    globalShortcut.unregisterAll()
  }
}
