import { spawn } from 'node:child_process'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { compilePosCommand } from '../../build/pos-command.ts'

let compiled: Promise<string> | null = null

/** The console program, compiled once a process. */
export function posCommand(): Promise<string> {
  return (compiled ??= compilePosCommand(path.join(os.tmpdir(), `hexiao-till-pos-${process.pid}`)))
}

interface Ran {
  readonly exitCode: number
  /** As it came, so that its encoding can be looked at. */
  readonly bytes: Buffer
  readonly text: string
}

interface Running {
  /** The file with the token. */
  readonly file: string
  readonly input?: string | Buffer
  readonly env?: NodeJS.ProcessEnv
  /** It has printed something. */
  readonly onPrinted?: () => void
  readonly signal?: AbortSignal
}

/** Runs `hexiao-till pos` with these words. */
export async function runPosCommand(
  words: readonly (string | Buffer)[],
  { file, input = '', env = {}, onPrinted, signal }: Running,
): Promise<Ran> {
  const program = await posCommand()
  const said = words.map(String)
  const child = spawn(program, said, {
    env: { ...process.env, HEXIAO_TILL_POS_FILE: file, ...env },
    ...(signal && { signal, killSignal: 'SIGKILL' }),
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    onPrinted?.()
  })
  // It may have ended before it has read everything.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const [exitCode] = await once(child, 'close')
  const bytes = Buffer.concat(chunks)
  return { exitCode: Number(exitCode), bytes, text: bytes.toString() }
}
