import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { createControlClient } from '../../main/training/control-client.ts'
import type { SpawnedStandIn } from './spawn-stand-in.ts'

const Opened = z.object({ id: z.number(), origin: z.url(), controlOrigin: z.url() })
const Closed = z.object({ id: z.number(), closed: z.literal(true) })
const Line = z.union([Opened, Closed])

/** A process with a stand-in for each test of a worker: to start a process for each takes as long as the test's own work. */
export interface StandInHouse {
  /** Opens a stand-in that nobody used before, at ports of its own. */
  open(): Promise<SpawnedStandIn>
  /** Ends the process, and whatever stand-ins are left in it. */
  stop(): Promise<void>
}

export function openStandInHouse(): StandInHouse {
  const script = path.join(import.meta.dirname, 'stand-in-house-process.ts')
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const waiting = new Map<number, (line: z.infer<typeof Line>) => void>()
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = Line.parse(JSON.parse(text))
    waiting.get(line.id)?.(line)
    waiting.delete(line.id)
  })
  let count = 0
  const ask = async (what: 'open' | 'close', id: number): Promise<z.infer<typeof Line>> => {
    const answered = new Promise<z.infer<typeof Line>>((resolve) => waiting.set(id, resolve))
    child.stdin.write(`${JSON.stringify({ what, id })}\n`)
    const ended = gone.then(() => {
      throw new Error('the process of the stand-ins has ended')
    })
    return Promise.race([answered, ended])
  }
  return {
    async open() {
      count += 1
      const id = count
      const { controlOrigin } = Opened.parse(await ask('open', id))
      return {
        controlOrigin,
        control: createControlClient(controlOrigin),
        stop: async () => void (await ask('close', id)),
      }
    },
    async stop() {
      child.kill()
      await gone
    },
  }
}
