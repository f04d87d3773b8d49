import type { Scheduler } from '../redemption/ports.ts'

export const systemScheduler: Scheduler = {
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}
