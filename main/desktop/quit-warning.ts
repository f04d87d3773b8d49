import { app, type BrowserWindow, dialog } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'
import { warningsOf } from './quit-warnings.ts'

/**
 * Asks a person who closes the till while redemptions are unsettled, since these are settled only when the till is started
 * again on this computer, or while it runs the shop's server, without which the other tills cannot check coupons. A quit by the
 * system or by this program is not held up, and loses nothing either.
 */
export function warnBeforeClosing(window: BrowserWindow, snapshot: () => AppSnapshot | null): void {
  let isQuitting = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  window.on('close', (event) => {
    const shown = snapshot()
    // What is practised is nobody's coupon.
    if (isQuitting || shown === null || shown.runtime.practice) return
    const { language } = shown
    const warnings = warningsOf(shown)
    if (warnings.length === 0) return
    event.preventDefault()
    const { quit } = wordsHere(language).window
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        title: wordsHere(language).till.appName,
        message: warnings[0]?.title ?? '',
        detail: warnings.map(({ detail }) => detail).join('\n\n'),
        buttons: [quit.stay, quit.leave],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response === 1) app.quit()
      })
  })
}
