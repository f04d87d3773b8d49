import type { Scheduler } from '../redemption/ports.ts'

/** Timers of this process. */
export const systemScheduler: Scheduler = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}
