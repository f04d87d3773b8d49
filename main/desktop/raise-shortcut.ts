import { globalShortcut, type BrowserWindow } from 'electron'
import { raiseWindow } from './raise-window.ts'

/** Tried in this order, because another program may have registered one. No scanner sends any of them. */
const shortcuts = ['CommandOrControl+Alt+H', 'CommandOrControl+Alt+K', 'CommandOrControl+Alt+F11']

/**
 * Registers a combination of keys with the system that raises the window, whatever program is in front. Returns its
 * label, or `null` when all of them are taken. No other keystrokes come to this program.
 */
export function registerRaiseShortcut(window: () => BrowserWindow): string | null {
  const raise = (): void => raiseWindow(window())
  const shortcut = shortcuts.find((each) => globalShortcut.register(each, raise))
  return shortcut === undefined ? null : labelOf(shortcut)
}

/** The combination as it is written on the keys. */
function labelOf(shortcut: string): string {
  return shortcut.replace('CommandOrControl', process.platform === 'darwin' ? '⌘' : 'Ctrl')
}
