import type { Result } from '../contract/result.ts'
import type { Task, TaskInput, TaskName, TaskOutput } from './tasks.ts'
import { runOnThread, type ThreadLimits, type TooDemanding } from './thread.ts'
import { workerFile } from './worker-file.ts'

/** Many times what the largest honest file takes on a slow computer. */
const limits: Readonly<Record<TaskName, ThreadLimits>> = {
  // Half a second; a computer at a load of eleven took more than five.
  'merchant-pair': { ms: 20_000, heapMb: 128 },
  backup: { ms: 120_000, heapMb: 128 },
  'sealed-backup': { ms: 300_000, heapMb: 128 },
  'hand-over': { ms: 30_000, heapMb: 1024 },
}

/** One after the other: a page that asks a hundred times starts no hundred threads. */
let underWay: Promise<unknown> = Promise.resolve()

/**
 * Makes something of bytes from outside on a thread of its own, so that scans go on meanwhile, and a file made for it
 * neither holds the till up nor takes its memory.
 */
export function runApart<N extends TaskName>(
  name: N,
  ...input: TaskInput<N>
): Promise<Result<TaskOutput<N>, TooDemanding>> {
  const task: Task<N> = { name, input }
  const turn = underWay.then(() => runOnThread<TaskOutput<N>>(workerFile, task, limits[name]))
  underWay = turn.catch(() => undefined)
  return turn
}
