import { app, powerMonitor, type BrowserWindow } from 'electron'

/** The disposers may take this long together. Cutting them off loses nothing, as the queue is on the disk already. */
const deadlineMs = 3000

/**
 * Runs the disposers once, the last one first, whichever way the program ends. When a user logs out Windows sends no quit
 * event, so the window's `session-end` is listened to as well. `onFault` gets what a disposer throws.
 */
export function disposeOnExit(
  disposers: readonly (() => Promise<void> | void)[],
  window: BrowserWindow,
  onFault: (cause: unknown) => void,
): void {
  let ended: Promise<boolean> | null = null
  const end = (): Promise<boolean> =>
    (ended ??= within(deadlineMs, runInReverse(disposers, onFault)))
  app.on('will-quit', (event) => {
    if (ended) return
    event.preventDefault()
    void end().then((isInTime) => {
      if (isInTime) app.exit(0)
      // An orderly exit waits for every thread, and one of them waits for a keychain that does not reply.
      else process.kill(process.pid, 'SIGKILL')
    })
  })
  // On Linux and macOS the computer waits for the program only when it is asked to.
  powerMonitor.on('shutdown', (...event: readonly unknown[]) => {
    delay(event[0])
    void end().then(() => app.quit())
  })
  window.on('session-end', () => void end())
}

/** The event has this function, though Electron's types leave the event out. */
function delay(event: unknown): void {
  if (typeof event !== 'object' || event === null || !('preventDefault' in event)) return
  if (typeof event.preventDefault === 'function') event.preventDefault()
}

async function runInReverse(
  disposers: readonly (() => Promise<void> | void)[],
  onFault: (cause: unknown) => void,
): Promise<void> {
  for (const dispose of disposers.toReversed()) {
    try {
      // One after the other: the store must not close before what writes to it has ended.
      await dispose()
    } catch (cause) {
      onFault(cause)
    }
  }
}

/** Returns whether the work was done in so many milliseconds. */
function within(ms: number, work: Promise<void>): Promise<boolean> {
  return Promise.race([
    work.then(() => true),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), ms)),
  ])
}
