import { app, Menu, nativeImage, Tray } from 'electron'
import path from 'node:path'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { trayMenu, trayTip, type TrayActions } from './tray-menu.ts'

export interface TillTray {
  /** Updates menu and tip. */
  show(snapshot: AppSnapshot): void
  close(): void
}

/**
 * Puts the till's icon into the system's tray. On a desktop without one nothing is shown, and nothing fails. Throws
 * when the icon was not shipped.
 */
export function openTray(actions: TrayActions): TillTray {
  const icon = nativeImage.createFromPath(
    app.isPackaged
      ? path.join(process.resourcesPath, 'tray.png')
      : path.join(app.getAppPath(), 'build/icons/32x32.png'),
  )
  if (icon.isEmpty()) throw new Error('the icon of the tray is missing')
  const tray = new Tray(icon)
  tray.on('click', actions.raise)
  /** What menu and tip were made of. */
  let shown = ''
  return {
    show(snapshot) {
      const { language, compact, queue, runtime } = snapshot
      const next = JSON.stringify([language, compact, queue.waiting, runtime.shortcut])
      // Left as it is where nothing has changed: replacing a menu closes it, if a person has it open.
      if (next === shown) return
      shown = next
      tray.setToolTip(trayTip(snapshot))
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(snapshot, actions)))
    },
    close: () => tray.destroy(),
  }
}
