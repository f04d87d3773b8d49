import { globalShortcut, type BrowserWindow } from 'electron'
import { raiseWindow } from './raise-window.ts'

/** Tried in this order: another program may have one already. No scanner sends any of them. */
const shortcuts = ['CommandOrControl+Alt+H', 'CommandOrControl+Alt+K', 'CommandOrControl+Alt+F11']

/**
 * Has the system raise the window at one combination of keys, whatever program is in front, and answers which; `null`
 * when all are taken. The system hands over this one combination and nothing else that is typed.
 */
export function registerRaiseShortcut(window: () => BrowserWindow): string | null {
  const raise = (): void => raiseWindow(window())
  const shortcut = shortcuts.find((each) => globalShortcut.register(each, raise))
  return shortcut === undefined ? null : labelOf(shortcut)
}

/** As it stands on the keys. */
function labelOf(shortcut: string): string {
  return shortcut.replace('CommandOrControl', process.platform === 'darwin' ? '⌘' : 'Ctrl')
}
