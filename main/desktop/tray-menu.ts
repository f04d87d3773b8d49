import type { MenuItemConstructorOptions } from 'electron'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { wordsHere } from '../words-here.ts'

export interface TrayActions {
  readonly raise: () => void
  readonly setCompact: (compact: boolean) => void
  readonly quit: () => void
}

/** What menu and tip depend on. */
type TrayContent = Pick<AppSnapshot, 'language' | 'compact' | 'queue' | 'runtime'>

/** The menu of the tray icon. */
export function trayMenu(
  { language, compact, runtime }: TrayContent,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const { tray } = wordsHere(language).window
  return [
    {
      label: runtime.shortcut === null ? tray.raise : `${tray.raise} (${runtime.shortcut})`,
      click: actions.raise,
    },
    {
      label: tray.compact,
      type: 'checkbox',
      checked: compact,
      click: () => actions.setCompact(!compact),
    },
    { type: 'separator' },
    { label: tray.quit, click: actions.quit },
  ]
}

/** The tip of the tray icon: how many redemptions are waiting. */
export function trayTip({ language, queue, runtime }: TrayContent): string {
  const { till, window, training } = wordsHere(language)
  if (runtime.practice) return `${training.practice} · ${till.appName}`
  if (queue.waiting === 0) return till.appName
  return `${till.appName} · ${window.tray.waiting.replace('{{count}}', String(queue.waiting))}`
}
