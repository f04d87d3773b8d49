import type { Scheduler } from './ports.ts'

/** Waits that WeChat Pay has asked for. They are timers, so that neither a clock change nor a person shortens them. */
export interface AskedWaits {
  /** Whether nothing may be sent at all. */
  readonly everybody: boolean
  /** Request numbers that may not be sent now. */
  readonly numbers: ReadonlySet<string>
  /** Sends nothing for this long. */
  waitAll(ms: number): void
  /** Does not send this number for this long. */
  wait(useRequestNo: string, ms: number): void
  stop(): void
}

/** Without a least wait, a wait of 0 ms would end at once and the till would send in a loop. */
const shortestMs = 250

export function createAskedWaits(scheduler: Scheduler, onOver: () => void): AskedWaits {
  const numbers = new Set<string>()
  const timers = new Set<() => void>()
  /** How many waits for all are under way: each "too many requests" has its own, and the last to end counts. */
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
