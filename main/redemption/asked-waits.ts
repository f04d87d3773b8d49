import type { Scheduler } from './ports.ts'

/** Waits that WeChat Pay has asked for. Timers, which no clock step and nobody in a hurry shortens. */
export interface AskedWaits {
  /** Nobody is to be sent. */
  readonly everybody: boolean
  /** These are not to be sent. */
  readonly numbers: ReadonlySet<string>
  waitAll(ms: number): void
  wait(useRequestNo: string, ms: number): void
  stop(): void
}

/** A wait of nothing would come back at once. */
const shortestMs = 250

export function createAskedWaits(scheduler: Scheduler, onOver: () => void): AskedWaits {
  const numbers = new Set<string>()
  const timers = new Set<() => void>()
  /** Each "too many requests" has its own end; the last one counts. */
  let limits = 0

  function after(ms: number, over: () => void): void {
    const cancel = scheduler.after(Math.max(shortestMs, ms), () => {
      timers.delete(cancel)
      over()
      onOver()
    })
    timers.add(cancel)
  }

  return {
    get everybody() {
      return limits > 0
    },
    numbers,
    waitAll(ms) {
      limits += 1
      after(ms, () => (limits -= 1))
    },
    wait(useRequestNo, ms) {
      numbers.add(useRequestNo)
      after(ms, () => numbers.delete(useRequestNo))
    },
    stop() {
      for (const cancel of timers) cancel()
      timers.clear()
      numbers.clear()
      limits = 0
    },
  }
}
