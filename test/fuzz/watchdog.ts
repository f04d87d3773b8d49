import { Worker } from 'node:worker_threads'

/** An input that takes longer than this, by the clock, hangs. */
const hangsMs = 60_000

export interface Watchdog {
  /** To be called before each input. */
  alive(): void
  stop(): Promise<void>
}

/** Ends the process, with this message, when an input never ends: the thread that plays it cannot notice that itself. */
export function startWatchdog(message: string): Watchdog {
  const beats = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(new URL('./watchdog-thread.ts', import.meta.url), {
    workerData: { beats, message, hangsMs },
  })
  worker.unref()
  return {
    alive: () => void Atomics.add(beats, 0, 1),
    stop: async () => void (await worker.terminate()),
  }
}
