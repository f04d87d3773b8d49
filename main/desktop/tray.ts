import { app, Menu, nativeImage, Tray } from 'electron'
import path from 'node:path'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { trayMenu, trayTip, type TrayActions } from './tray-menu.ts'

export interface TillTray {
  /** Shows what changed. */
  show(snapshot: AppSnapshot): void
  close(): void
}

/** The till's icon beside the clock. On a desktop that has no place for it nobody sees it, and nothing fails. */
export function openTray(actions: TrayActions): TillTray {
  const icon = nativeImage.createFromPath(
    app.isPackaged
      ? path.join(process.resourcesPath, 'tray.png')
      : path.join(app.getAppPath(), 'build/icons/32x32.png'),
  )
  if (icon.isEmpty()) throw new Error('the icon of the tray was not shipped')
  const tray = new Tray(icon)
  tray.on('click', actions.raise)
  let shown = ''
  return {
    show(snapshot) {
      const { language, compact, queue, runtime } = snapshot
      const next = JSON.stringify([language, compact, queue.waiting, runtime.shortcut])
      // A menu that is made anew while it is open closes under the pointer.
      if (next === shown) return
      shown = next
      tray.setToolTip(trayTip(snapshot))
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(snapshot, actions)))
    },
    close: () => tray.destroy(),
  }
}
