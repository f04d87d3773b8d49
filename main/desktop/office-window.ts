import { app, BrowserWindow } from 'electron'
import { wordsHere } from '../words-here.ts'
import { loadResponses } from './app-protocol.ts'
import { keepTitle, lockedPage, windowLooks } from './main-window.ts'
import { appOrigin } from './page-policy.ts'

/** The copy of a large chain can take long to open, and a person who sees no window starts the program again. */
const longestHiddenMs = 1500

/** Opens the head office's one window, shut off as the till's. It is shown with what `opened` brings, or without it when that takes long. */
export function openOfficeWindow(opened: Promise<unknown>): BrowserWindow {
  const { office } = wordsHere(app.getLocale().startsWith('en') ? 'en' : 'zh-CN').window
  const window = new BrowserWindow({
    title: office,
    ...windowLooks(),
    webPreferences: lockedPage('office.cjs'),
  })
  keepTitle(window)
  const painted = new Promise<void>((resolve) => window.once('ready-to-show', () => resolve()))
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), longestHiddenMs))
  void Promise.all([Promise.race([opened, late]), painted]).then(() => {
    if (window.isDestroyed()) return
    window.maximize()
    window.show()
  })
  void window.loadURL(`${appOrigin}/`)
  setImmediate(loadResponses)
  return window
}
