import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { inRealTime } from '../../build/desktop-session/real-time.ts'
import type { KeyStroke } from '../../renderer/scanner/key-stroke.ts'

const execute = promisify(execFile)

/** A scanner and a person's hands on the keyboard of an X server; the system handles its key events like real ones. */
export interface XKeyboard {
  /** Gives the till's window the focus, as a click on it would. */
  focus(processId: number): Promise<void>
  /** Types a code and Enter, `msPerKey` apart, as a keyboard-wedge scanner does. */
  scan(code: string, msPerKey?: number): Promise<void>
  /** Types digits and Enter as a person does: every key stays down for a while. */
  type(digits: string): Promise<void>
  /** Plays these strokes at their times. */
  play(strokes: readonly KeyStroke[]): Promise<void>
  /** Resolves to the process whose window has the focus, according to the window manager. */
  activeProcess(): Promise<number | null>
  /**
   * Resolves to the process whose window gets the keys: the window manager and the X server agree on it. `null` while the focus
   * changes; what is typed meanwhile is lost.
   */
  inFront(): Promise<number | null>
  /** Presses keys by their X names: `Return`, `ctrl+v`, `F2`. */
  press(...keys: readonly string[]): Promise<void>
}

/** How long a finger holds a key. */
const fingerHoldMs = 70
/** No person presses a key sooner after a scan than this; a key that comes sooner is the scanner's. */
const reactionMs = 500
/** `--sync` waits for ever for a window that never comes; a test should say so before its own time ends. */
const hungMs = 50_000
/** The pace of a fast scanner. */
const usualMsPerKey = 4

export function xKeyboard(env: NodeJS.ProcessEnv): XKeyboard {
  const xdotool = (words: readonly string[]) => {
    const { command, args } = inRealTime('xdotool', words)
    return execute(command, args, { env, maxBuffer: 1 << 20, timeout: hungMs })
  }
  /** The search walks over all windows, and fails when one of another program goes away meanwhile. */
  const windowsOf = async (processId: number, triesLeft = 5): Promise<string> => {
    try {
      const words = ['search', '--sync', '--onlyvisible', '--pid', String(processId)]
      return (await xdotool(words)).stdout.trim()
    } catch (error) {
      if (triesLeft === 0 || !String(error).includes('BadWindow')) throw error
      return windowsOf(processId, triesLeft - 1)
    }
  }
  let scannedAt = Number.NEGATIVE_INFINITY
  return {
    async focus(processId) {
      const [window] = (await windowsOf(processId)).split('\n')
      if (window === undefined) throw new Error(`process ${processId} shows no window`)
      await xdotool(['windowactivate', '--sync', window])
    },
    async scan(code, msPerKey = usualMsPerKey) {
      // Measured: xdotool spends half of `--delay` on each key, and half of that with the key down.
      await xdotool(['type', '--delay', String(Math.round(msPerKey * 2)), '--', `${code}\n`])
      scannedAt = performance.now()
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
        // While the focus changes, no window is active for a moment.
        return null
      }
    },
    async inFront() {
      try {
        const words = ['getactivewindow', 'getwindowpid', 'getwindowfocus', 'getwindowpid']
        const [active, focused] = (await xdotool(words)).stdout.trim().split('\n')
        return active === focused && active !== undefined ? Number(active) : null
      } catch {
        return null
      }
    },
    async press(...keys) {
      // See `scan`: a quarter of the delay with the key down.
      await delay(Math.max(0, scannedAt + reactionMs - performance.now()))
      await xdotool(['key', '--delay', String(4 * fingerHoldMs), '--', ...keys])
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

const xNames = new Map([
  ['Enter', 'Return'],
  ['ShiftLeft', 'Shift_L'],
  ['ControlLeft', 'Control_L'],
  ['CapsLock', 'Caps_Lock'],
  ['Space', 'space'],
  ['Period', 'period'],
  ['ArrowDown', 'Down'],
  ['Minus', 'minus'],
  ['BracketLeft', 'bracketleft'],
  ['BracketRight', 'bracketright'],
  ['Backslash', 'backslash'],
])

function xName({ code, key }: KeyStroke): string {
  return xNames.get(code) ?? (key.length === 1 ? key.toLowerCase() : key)
}
