import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The keyboard of an X server: what it types arrives as key events of the server, as a real scanner's would. */
export interface XKeyboard {
  /** Gives the till's window the focus, as a click on it would. */
  focus(processId: number): Promise<void>
  /** Types a code and Enter, `delayMs` apart key by key, as a keyboard-wedge scanner does. */
  scan(code: string, delayMs?: number): Promise<void>
  /** Types digits and Enter as a person does: every key stays down for a while. */
  type(digits: string): Promise<void>
  /** Presses keys by their X names: `Return`, `ctrl+v`, `F2`. */
  press(...keys: readonly string[]): Promise<void>
}

/** A fast wedge scanner leaves about two milliseconds between keys. */
const scannerDelayMs = 2

export function xKeyboard(env: NodeJS.ProcessEnv): XKeyboard {
  // A scanner keeps its own time however busy the till is, so this one goes first (where the system lets it).
  const xdotool = (args: readonly string[]) =>
    execute('nice', ['-n', '-15', 'xdotool', ...args], { env })
  return {
    async focus(processId) {
      const search = ['search', '--sync', '--onlyvisible', '--pid', String(processId)]
      const [window] = (await xdotool(search)).stdout.trim().split('\n')
      if (window === undefined) throw new Error(`process ${processId} shows no window`)
      await xdotool(['windowactivate', '--sync', window])
    },
    async scan(code, delayMs = scannerDelayMs) {
      await xdotool(['type', '--delay', String(delayMs), '--', `${code}\n`])
    },
    async type(digits) {
      const strokes = [...Array.from(digits), 'Return'].flatMap((key, at) => {
        const [hold, gap] = [(70 + (at % 5) * 8) / 1000, (60 + (at % 7) * 25) / 1000]
        return ['keydown', key, 'sleep', String(hold), 'keyup', key, 'sleep', String(gap)]
      })
      await xdotool(strokes)
    },
    async press(...keys) {
      await xdotool(['key', '--', ...keys])
    },
  }
}
