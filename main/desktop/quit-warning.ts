import { app, type BrowserWindow, dialog } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'

/**
 * Asks a person who closes the till while redemptions are unsettled: these are settled only when the till is started
 * again on this computer. A quit by the system or by this program is not held up, and loses nothing either.
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
    const { queue, language } = shown
    const unsettled = queue.waiting + queue.review
    if (unsettled === 0) return
    event.preventDefault()
    const { quit } = wordsHere(language).window
    const yuan = ((queue.honouredFen ?? 0) / 100).toFixed(2)
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        title: wordsHere(language).till.appName,
        message: quit.title.replace('{{count}}', String(unsettled)),
        detail: quit.detail.replace('{{yuan}}', yuan),
        buttons: [quit.stay, quit.leave],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response === 1) app.quit()
      })
  })
}
