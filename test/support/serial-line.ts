import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** A serial line without a cable: two connected ports of the system (pseudo-terminals). */
export interface SerialLine {
  /** The port that the till opens. */
  readonly port: string
  /** Sends text from the scanner's end. */
  send(text: string): void
  plug(): Promise<void>
  unplug(): Promise<void>
  close(): Promise<void>
}

export function hasSerialLine(): boolean {
  return fs.existsSync('/usr/bin/socat')
}

export async function openSerialLine(): Promise<SerialLine> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'hexiao-till-serial-'))
  const [port, scanner] = [path.join(folder, 'till'), path.join(folder, 'scanner')]
  let joined: ChildProcess | null = null
  const plug = async (): Promise<void> => {
    const ends = [port, scanner].map((link) => `pty,raw,echo=0,link=${link}`)
    joined = spawn('socat', ends, { stdio: 'ignore' })
    await bothThere([port, scanner])
  }
  const unplug = async (): Promise<void> => {
    if (joined === null) return
    const gone = once(joined, 'exit')
    joined.kill()
    joined = null
    await gone
  }
  await plug()
  return {
    port,
    send: (text) => fs.writeFileSync(scanner, text),
    plug,
    unplug,
    async close() {
      await unplug()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function bothThere(files: readonly string[]): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (files.every((file) => fs.existsSync(file))) return
    await pause(20)
  }
  throw new Error('socat made no pseudo-terminals')
}
