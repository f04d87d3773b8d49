import { app, type BrowserWindow } from 'electron'
import path from 'node:path'
import type { LaunchOptions } from './launch-options.ts'
import { focusLines } from './practice-process.ts'

/**
 * Gives the practice window of a live till a folder of its own, before anything is read or locked there. It has a lock of its
 * own with it: one live window and one practice window can be open, and no more.
 */
export function keepPracticeApart({ practice }: Pick<LaunchOptions, 'practice'>): void {
  if (practice) app.setPath('userData', path.join(app.getPath('userData'), 'practice'))
}

/** Tells the live till whether the practice window has the focus. */
export function tellOfFocus(window: BrowserWindow, { practice }: Pick<LaunchOptions, 'practice'>) {
  if (!practice) return
  // The live till may have ended.
  process.stdout.on('error', () => undefined)
  window.on('focus', () => process.stdout.write(`${focusLines.focused}\n`))
  window.on('blur', () => process.stdout.write(`${focusLines.blurred}\n`))
}
