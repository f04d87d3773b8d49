import { readFileSync } from 'node:fs'
import { z } from 'zod'

const TraceEvent = z.object({
  name: z.string().optional(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  dur: z.number().optional(),
  args: z.object({ name: z.unknown() }).partial().optional(),
})
const Trace = z.object({ traceEvents: z.array(TraceEvent) })

/**
 * Returns how long each task of the main process's UI thread took, ms, from a recording of Chromium's `toplevel`
 * category. There the system's key events are taken and stamped, and there the till's own code runs.
 */
export function mainThreadTasks(file: string): number[] {
  const { traceEvents } = Trace.parse(JSON.parse(readFileSync(file, 'utf8')))
  const named = (event: string, name: string) =>
    traceEvents.filter((each) => each.name === event && each.args?.name === name)
  const browser = named('process_name', 'Browser').map(({ pid }) => pid)
  const threads = named('thread_name', 'CrBrowserMain').filter(({ pid }) => browser.includes(pid))
  return traceEvents.flatMap(({ name, ph, pid, tid, dur }) => {
    const isTask = name === 'ThreadControllerImpl::RunTask' && ph === 'X' && dur !== undefined
    const isOfMain = threads.some((thread) => thread.pid === pid && thread.tid === tid)
    return isTask && isOfMain ? [dur / 1000] : []
  })
}
