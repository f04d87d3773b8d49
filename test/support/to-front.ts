import { expect } from '@playwright/test'
import { restInPage } from './rest-in-page.ts'
import type { TillApp } from './till-app.ts'
import type { XKeyboard } from './x-keyboard.ts'

/**
 * Nobody scans sooner after the window came to the front: a scan within 112 ms of a change of focus is refused, since its beginning may
 * have gone elsewhere. By the page's own clock, because on a busy machine it hears of its focus late.
 */
const firstScanMs = 300

/** Brings the till's window to the front, as a click on it would, and waits until a scan there can be trusted. */
export async function toFront(app: TillApp, keyboard: XKeyboard): Promise<void> {
  await keyboard.focus(app.processId)
  // The window manager gives the focus before the page gets it; keys typed in between are lost.
  await expect.poll(() => app.electron.evaluate(hasKeyboard)).toBe(true)
  await restInPage(app.page, firstScanMs)
}

function hasKeyboard({ BrowserWindow }: typeof Electron.CrossProcessExports): boolean {
  return BrowserWindow.getAllWindows()[0]?.webContents.isFocused() ?? false
}
