import type { ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { vi } from 'vitest'
import type { ThrowAwayRoot } from './throw-away-root.ts'

/** What the desktop itself needs, which the till's package must not bring: an X server, a keyring, a window manager. */
export const desktopPackages = [
  'dbus',
  'gnome-keyring',
  'openbox',
  'procps',
  'sqlite3',
  'x11-utils',
  'xdotool',
  'xvfb',
] as const

const account = 'cashier'
const home = `/home/${account}`
const display = ':97'
const env = { DISPLAY: display }

/** A scan within 112 ms of a change of focus is refused, because its beginning may have gone elsewhere (till-test.ts). */
const firstScanMs = 300

const sessionScript = `
export XDG_RUNTIME_DIR=/tmp/${account}-run
mkdir -m 700 -p "$XDG_RUNTIME_DIR"
Xvfb ${display} -screen 0 1366x768x24 -nolisten tcp &
until xdpyinfo; do sleep 0.1; done
exec dbus-run-session -- sh -c 'printf password | gnome-keyring-daemon --unlock --components=secrets; openbox & exec hexiao-till "$@"' sh "$@"`

/** The till on the desktop of an ordinary user in a throw-away root. */
export class CashierDesktop {
  /** The till's folder, as this machine sees it. */
  readonly records: string
  readonly #root: ThrowAwayRoot
  #session: ChildProcess | null = null

  constructor(root: ThrowAwayRoot) {
    this.#root = root
    this.records = path.join(root.folder, home, '.config/Hexiao Till')
  }

  async prepare(): Promise<void> {
    const made = await this.#root.run(['useradd', '--create-home', account])
    if (made.code !== 0) throw new Error(made.said)
  }

  /** Starts desktop and till, and waits until the till listens. */
  async start(...switches: readonly string[]): Promise<void> {
    await this.#open(switches)
    await new Promise((resolve) => setTimeout(resolve, firstScanMs))
  }

  async #open(switches: readonly string[]): Promise<void> {
    const started = this.#root.start(['sh', '-c', sessionScript, 'sh', ...switches], {
      as: account,
      env,
    })
    let said = ''
    for (const stream of [started.stdout, started.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => (said += text))
    this.#session = started
    await vi
      .waitFor(
        async () => {
          const title = await this.#x('getactivewindow', 'getwindowname')
          if (!title.startsWith('Hexiao Till · training')) throw new Error(title)
        },
        { timeout: 60_000, interval: 200 },
      )
      .catch((cause: unknown) => {
        throw new Error(`The till showed no such window. It wrote:\n${said}`, { cause })
      })
  }

  async scan(code: string): Promise<void> {
    await this.#x('type', '--delay', '8', '--', `${code}\n`)
  }

  /** Has the till end by itself, and the desktop with it. Throws when it does not. */
  async stop(): Promise<void> {
    const session = this.#session
    if (session === null) return
    await this.#root.run(['pkill', '--oldest', '--signal', 'TERM', '--exact', 'hexiao-till'])
    await vi.waitFor(
      () => {
        if (session.exitCode === null && session.signalCode === null) throw new Error('it runs on')
      },
      { timeout: 20_000 },
    )
    await this.#root.run(['pkill', '--exact', 'Xvfb'])
    this.#session = null
  }

  /** How many redemptions the records have in each state. */
  async states(): Promise<Record<string, number>> {
    const rows = await this.sql('SELECT state, count(*) FROM redemption GROUP BY state')
    const counted = rows
      .split('\n')
      .filter(Boolean)
      .map((row) => row.split('|'))
    return Object.fromEntries(counted.map(([state = '', count]) => [state, Number(count)]))
  }

  /** Runs SQL on the records. Throws when it fails. */
  async sql(statement: string): Promise<string> {
    const file = `${home}/.config/Hexiao Till/training/till.db`
    const { code, said } = await this.#root.run(['sqlite3', file, statement], { as: account })
    if (code !== 0) throw new Error(said)
    return said
  }

  databaseFile(): string {
    return path.join(this.records, 'training/till.db')
  }

  /** The processes of Chromium that show pages: the filter of their system calls, and how deep they are in namespaces. */
  async pages(): Promise<readonly { readonly seccomp: string; readonly depth: number }[]> {
    const { said } = await this.#root.run(['pgrep', '--full', '--', '--type=renderer'])
    return said
      .split('\n')
      .filter(Boolean)
      .map((id) => {
        const status = fs.readFileSync(path.join(this.#root.folder, 'proc', id, 'status'), 'utf8')
        const field = (name: string) =>
          new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? ''
        return { seccomp: field('Seccomp'), depth: field('NSpid').split(/\s+/).length }
      })
  }

  async #x(...words: readonly string[]): Promise<string> {
    return (await this.#root.run(['xdotool', ...words], { as: account, env })).said
  }
}
