import { app } from 'electron'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export interface StartUp {
  /** As the system has it: another program, or a person, may have changed it. */
  isOn(): boolean
  set(isOn: boolean): void
}

/** Whether the till starts when its user logs in. */
export function startUp(): StartUp {
  return process.platform === 'linux' ? autostartFile() : loginItem()
}

function loginItem(): StartUp {
  return {
    isOn: () => app.getLoginItemSettings().openAtLogin,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
  }
}

/** Desktop Application Autostart Specification: one file in the user's autostart folder. */
function autostartFile(): StartUp {
  const folder = process.env['XDG_CONFIG_HOME'] ?? path.join(os.homedir(), '.config')
  const file = path.join(folder, 'autostart', 'hexiao-till.desktop')
  return {
    isOn: () => existsSync(file),
    set(isOn) {
      if (!isOn) return rmSync(file, { force: true })
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, entry())
    },
  }
}

function entry(): string {
  // A packaged app is its own program; an unpacked one is given to Electron.
  const command = app.isPackaged
    ? [process.env['APPIMAGE'] ?? process.execPath]
    : [process.execPath, app.getAppPath()]
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Hexiao Till',
    'Name[zh_CN]=核销收银台',
    `Exec=${command.map(quoted).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Desktop Entry Specification, "The Exec key": quotes, backslashes, `$` and backquotes are escaped, `%` is doubled. */
function quoted(word: string): string {
  return `"${word.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`
}
