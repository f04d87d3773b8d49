import { app, type BrowserWindow, dialog } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'

/**
 * Asks before a person closes the till with redemptions that are not settled: they go on at the next start, but only
 * here. A quit that the system orders is not held up; nothing is lost by it either.
 */
export function warnBeforeClosing(window: BrowserWindow, snapshot: () => AppSnapshot): void {
  let isOrdered = false
  app.on('before-quit', () => {
    isOrdered = true
  })
  window.on('close', (event) => {
    const { queue, language } = snapshot()
    const open = queue.waiting + queue.review
    if (isOrdered || open === 0) return
    event.preventDefault()
    const { quit } = wordsHere(language).window
    const yuan = ((queue.honouredFen ?? 0) / 100).toFixed(2)
    void dialog
      .showMessageBox(window, {
        type: 'warning',
        title: wordsHere(language).till.appName,
        message: quit.title.replace('{{count}}', String(open)),
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
