import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { type ControlClient, createControlClient } from '../../main/training/control-client.ts'

export interface SpawnedStandIn {
  readonly controlOrigin: string
  readonly control: ControlClient
  /** Ends the process and waits until it has exited. */
  stop(): Promise<void>
}

const FirstLine = z.object({ origin: z.url(), controlOrigin: z.url() })

/**
 * Starts WeChat Pay's stand-in in a separate process: it outlives the app under test, and its ledger tells what really
 * happened.
 */
export async function spawnStandIn(): Promise<SpawnedStandIn> {
  const script = path.join(import.meta.dirname, 'stand-in-process.ts')
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => FirstLine.parse(JSON.parse(String(line)))),
    exited.then(() => {
      throw new Error('the stand-in ended before it was ready')
    }),
  ])
  return {
    controlOrigin: first.controlOrigin,
    control: createControlClient(first.controlOrigin),
    stop: async () => {
      child.kill()
      await exited
    },
  }
}
