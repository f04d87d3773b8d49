/** What to undo when this process is asked to stop, in the order of registration; the last is undone first. */
const undoings: (() => Promise<void>)[] = []
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Calls `undo` if this process is asked to stop (Ctrl-C, SIGTERM, a closed terminal) before the returned function is
 * called. The process then exits with 130.
 */
export function onShutdown(undo: () => Promise<void>): () => void {
  if (undoings.length === 0) for (const signal of signals) process.on(signal, stop)
  undoings.push(undo)
  return () => {
    undoings.splice(undoings.indexOf(undo), 1)
    if (undoings.length === 0) for (const signal of signals) process.off(signal, stop)
  }
}

let isStopping = false

function stop(): void {
  if (isStopping) return
  isStopping = true
  void undoAll().finally(() => process.exit(130))
}

async function undoAll(): Promise<void> {
  for (const undo of undoings.toReversed()) await undo()
}
