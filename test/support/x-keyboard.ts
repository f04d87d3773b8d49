import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { inRealTime } from '../../build/desktop-session/real-time.ts'
import type { KeyStroke } from '../../renderer/scanner/key-stroke.ts'

const execute = promisify(execFile)

/** A scanner and a pair of hands on the keyboard of an X server: its key events pass the system as real ones do. */
export interface XKeyboard {
  /** Gives the till's window the focus, as a click on it would. */
  focus(processId: number): Promise<void>
  /** Plays a code and Enter, `msPerKey` apart, as a keyboard-wedge scanner does. */
  scan(code: string, msPerKey?: number): Promise<void>
  /** Types digits and Enter as a person does: every key stays down for a while. */
  type(digits: string): Promise<void>
  /** Plays these strokes at their times. */
  play(strokes: readonly KeyStroke[]): Promise<void>
  /** The process whose window has the focus, as the window manager says. */
  activeProcess(): Promise<number | null>
  /** Presses keys by their X names: `Return`, `ctrl+v`, `F2`. */
  press(...keys: readonly string[]): Promise<void>
}

/** A quick scanner. */
const usualMsPerKey = 4

export function xKeyboard(env: NodeJS.ProcessEnv): XKeyboard {
  const xdotool = (words: readonly string[]) => {
    const { command, args } = inRealTime('xdotool', words)
    return execute(command, args, { env, maxBuffer: 1 << 20 })
  }
  return {
    async focus(processId) {
      const found = await xdotool(['search', '--sync', '--onlyvisible', '--pid', String(processId)])
      const [window] = found.stdout.trim().split('\n')
      if (window === undefined) throw new Error(`process ${processId} shows no window`)
      await xdotool(['windowactivate', '--sync', window])
    },
    async scan(code, msPerKey = usualMsPerKey) {
      // Measured: xdotool spends half of `--delay` on a key, half of that with the key down.
      await xdotool(['type', '--delay', String(Math.round(msPerKey * 2)), '--', `${code}\n`])
    },
    async type(digits) {
      const keys = [...Array.from(digits), 'Return'].flatMap((key, at) => {
        const [hold, gap] = [(70 + (at % 5) * 8) / 1000, (60 + (at % 7) * 25) / 1000]
        return ['keydown', key, 'sleep', String(hold), 'keyup', key, 'sleep', String(gap)]
      })
      await xdotool(keys)
    },
    async play(strokes) {
      await xdotool(playArguments(strokes))
    },
    async activeProcess() {
      try {
        return Number((await xdotool(['getactivewindow', 'getwindowpid'])).stdout.trim())
      } catch {
        // For an instant no window is active while the next one takes over.
        return null
      }
    },
    async press(...keys) {
      await xdotool(['key', '--', ...keys])
    },
  }
}

function playArguments(strokes: readonly KeyStroke[]): string[] {
  let at = strokes[0]?.at ?? 0
  return strokes.flatMap((stroke) => {
    const wait = Math.max(0, stroke.at - at) / 1000
    at = stroke.at
    return ['sleep', wait.toFixed(4), stroke.type, xName(stroke)]
  })
}

function xName({ code, key }: KeyStroke): string {
  if (code === 'Enter') return 'Return'
  if (code === 'ShiftLeft') return 'Shift_L'
  if (code === 'Space') return 'space'
  return key.length === 1 ? key.toLowerCase() : key
}
