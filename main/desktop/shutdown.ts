import { app, powerMonitor, type BrowserWindow } from 'electron'

/** Tidying may take this long; correctness never waits for it (the queue is durable before anything is sent). */
const deadlineMs = 3000

/**
 * Runs the disposers once, last registered first, whichever way the program ends. Windows sends no quit event when
 * the session ends, so the window's own event is heard too.
 */
export function disposeOnExit(
  disposers: readonly (() => Promise<void> | void)[],
  window: BrowserWindow,
  onFault: (cause: unknown) => void,
): void {
  let ended: Promise<void> | undefined
  const end = (): Promise<void> => (ended ??= within(deadlineMs, runInReverse(disposers, onFault)))
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void end().then(() => app.exit(0))
  })
  powerMonitor.on('shutdown', () => void end().then(() => app.quit()))
  window.on('session-end', () => void end())
}

async function runInReverse(
  disposers: readonly (() => Promise<void> | void)[],
  onFault: (cause: unknown) => void,
): Promise<void> {
  for (const dispose of disposers.toReversed()) {
    try {
      // One after the other on purpose: the store closes after the engine that writes to it.
      await dispose()
    } catch (cause) {
      onFault(cause)
    }
  }
}

function within(ms: number, work: Promise<void>): Promise<void> {
  return Promise.race([work, new Promise<void>((resolve) => setTimeout(resolve, ms).unref())])
}
