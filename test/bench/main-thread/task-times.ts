import { readFileSync } from 'node:fs'
import { z } from 'zod'

const TraceEvent = z.object({
  name: z.string().optional(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().optional(),
  tdur: z.number().optional(),
  args: z.object({ name: z.unknown() }).partial().optional(),
})
const Trace = z.object({ traceEvents: z.array(TraceEvent) })

/** How long a task took, ms. */
export interface TaskTime {
  /** On the clock. A busy machine adds what other programs did meanwhile. */
  readonly clockMs: number
  /** Of the processor's time: what the task itself did. */
  readonly processorMs: number
}

/**
 * Returns how long each task of the main process's UI thread took, from a recording of Chromium's `toplevel` category.
 * There the system's key events are taken and stamped, and there the till's own code runs.
 */
export function mainThreadTasks(file: string): TaskTime[] {
  const { traceEvents } = Trace.parse(JSON.parse(readFileSync(file, 'utf8')))
  const named = (event: string, name: string) =>
    traceEvents.filter((each) => each.name === event && each.args?.name === name)
  const browser = named('process_name', 'Browser').map(({ pid }) => pid)
  const threads = named('thread_name', 'CrBrowserMain').filter(({ pid }) => browser.includes(pid))
  return traceEvents.flatMap(({ name, ph, pid, tid, dur, tdur }) => {
    const isTask = name === 'ThreadControllerImpl::RunTask' && ph === 'X'
    const isOfMain = threads.some((thread) => thread.pid === pid && thread.tid === tid)
    if (!isTask || !isOfMain || dur === undefined || tdur === undefined) return []
    return [{ clockMs: dur / 1000, processorMs: tdur / 1000 }]
  })
}
