import { execFile, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Pinyin is the only input method besides plain keys, and is on from the start. */
const profile = `[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us
Layout=

[Groups/0/Items/1]
Name=pinyin
Layout=

[GroupOrder]
0=Default
`

/** Returns whether everything is installed: the program, pinyin, and the module that GTK programs load. */
export function hasInputMethod(): boolean {
  const needed = ['/usr/bin/fcitx5', '/usr/share/fcitx5/inputmethod/pinyin.conf']
  const modules = '/usr/lib/x86_64-linux-gnu/gtk-3.0/3.0.0/immodules/im-fcitx5.so'
  return [...needed, modules].every((file) => fs.existsSync(file))
}

export interface InputMethod {
  /** The environment for programs that use it. */
  readonly env: NodeJS.ProcessEnv
  /** Switches Chinese on. Resolves to true when the focused field now gets Chinese. */
  turnOn(): Promise<boolean>
  close(): Promise<void>
}

/** Starts fcitx5 with pinyin in the desktop session of `env`. */
export async function startInputMethod(env: NodeJS.ProcessEnv): Promise<InputMethod> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-fcitx-'))
  fs.mkdirSync(path.join(home, 'fcitx5'))
  fs.writeFileSync(path.join(home, 'fcitx5/profile'), profile)
  const daemon = spawn('fcitx5', ['--disable=wayland,kimpanel'], {
    env: { ...env, XDG_CONFIG_HOME: home },
    stdio: 'ignore',
  })
  const gone = new Promise((resolve) => daemon.once('exit', resolve))
  const remote = async (...args: readonly string[]) =>
    (await execute('fcitx5-remote', [...args], { env })).stdout.trim()
  await answers(remote)
  return {
    env: { ...env, GTK_IM_MODULE: 'fcitx', XMODIFIERS: '@im=fcitx' },
    async turnOn() {
      await remote('-o')
      return (await remote()) === '2'
    },
    async close() {
      daemon.kill()
      await gone
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Resolves when the daemon replies; it does not tell in any other way that it is ready. */
async function answers(remote: (...args: readonly string[]) => Promise<string>): Promise<void> {
  const until = Date.now() + 15_000
  for (;;) {
    try {
      await remote('-a')
      return
    } catch (error) {
      if (Date.now() > until) throw new Error('fcitx5 did not start', { cause: error })
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
  }
}
