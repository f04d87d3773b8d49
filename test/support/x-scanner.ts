import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { KeyStroke } from '../../renderer/scanner/key-stroke.ts'

const execute = promisify(execFile)

/** A scanner and a pair of hands on the keyboard of an X server. */
export interface XScanner {
  /** Plays a code and Enter, `msPerKey` apart. */
  scan(code: string, msPerKey: number): Promise<void>
  /** Plays these strokes at their times. */
  play(strokes: readonly KeyStroke[]): Promise<void>
  press(...keys: readonly string[]): Promise<void>
  focus(processId: number): Promise<void>
}

export function xScanner(env: NodeJS.ProcessEnv): XScanner {
  // A scanner keeps its pace however busy the computer is, so its stand-in asks for the processor first.
  const [command, before] = process.getuid?.() === 0 ? ['chrt', realTime] : ['xdotool', []]
  const xdotool = (args: readonly string[]) =>
    execute(command, [...before, ...args], { env, maxBuffer: 1 << 20 })
  return {
    async scan(code, msPerKey) {
      // Measured: xdotool spends half of `--delay` on a key, half of that with the key down.
      await xdotool(['type', '--delay', String(Math.round(msPerKey * 2)), '--', `${code}\n`])
    },
    async play(strokes) {
      await xdotool(playArguments(strokes))
    },
    async press(...keys) {
      await xdotool(['key', '--', ...keys])
    },
    async focus(processId) {
      const found = await xdotool(['search', '--sync', '--onlyvisible', '--pid', String(processId)])
      const [window] = found.stdout.trim().split('\n')
      if (window === undefined) throw new Error(`process ${processId} shows no window`)
      await xdotool(['windowactivate', '--sync', window])
    },
  }
}

const realTime = ['--fifo', '5', 'xdotool']

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
