import { app } from 'electron'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** Whether the till starts when its user logs in. */
interface StartUp {
  isOn(): boolean
  set(isOn: boolean): void
}

/** Reads and sets whether the till starts when its user logs in. */
export function createStartUp(): StartUp {
  return process.platform === 'linux' ? autostartFile() : loginItem()
}

function loginItem(): StartUp {
  return {
    isOn: () => app.getLoginItemSettings().openAtLogin,
    set: (openAtLogin) => app.setLoginItemSettings({ openAtLogin }),
  }
}

/** One file in the user's autostart folder (Desktop Application Autostart Specification). */
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

/** The content of that file. */
function entry(): string {
  // A packaged app is a program of its own; an unpacked one is an argument of Electron.
  const command = app.isPackaged
    ? [process.env['APPIMAGE'] ?? process.execPath]
    : [process.execPath, app.getAppPath()]
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Hexiao Till',
    'Name[zh_CN]=核销收银台',
    // Once the program has been removed the entry counts for nothing.
    `TryExec=${command[0]}`,
    `Exec=${command.map(quote).join(' ')}`,
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/**
 * Quotes an argument: quotes, backslashes, `$` and backquotes are escaped, `%` is doubled (Desktop Entry
 * Specification).
 */
function quote(word: string): string {
  return `"${word.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`
}
