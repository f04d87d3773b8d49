import { createBirpc } from 'birpc'
import { Worker } from 'node:worker_threads'
import type { AppSnapshot } from '../contract/snapshot.ts'
import { snapshotIn } from '../ipc/sent-event.ts'
import type { Devices } from '../scanners/attached-scanner.ts'
import type { ElectronCalls, EngineCalls, EngineOptions, WindowCalls } from './calls.ts'
import { deviceDesk } from './remote-devices.ts'

/** The engine as the window's thread sees it. */
export interface Engine extends Omit<
  EngineCalls,
  'opened' | 'close' | 'deviceRead' | 'deviceGone'
> {
  /** Resolves with the first snapshot. Rejects when no till, and no obstacle, could be opened. */
  readonly opened: Promise<AppSnapshot>
  /** The snapshot that came last; `null` while the till is being opened. */
  snapshot(): AppSnapshot | null
  /** Calls the listener after every snapshot. Returns a function that ends the listening. */
  subscribe(listener: () => void): () => void
  /** Closes the till and ends the thread. A till that is still being opened has nothing to close. */
  close(): Promise<void>
}

interface EngineParts {
  readonly options: EngineOptions
  readonly calls: ElectronCalls
  /** Scanners with a port of their own. */
  readonly devices: Devices
  /** Called with what nobody on the thread caught: it is over then. */
  readonly onFault: (cause: unknown) => void
}

/** The bundle of thread.ts (electron.vite.config.ts). */
const bundled = new URL('./engine.cjs', import.meta.url)

/**
 * Starts the engine on its thread. To be called once in a process: the keychain's library (libsecret's types) does not bear
 * being unloaded with one thread and loaded by another.
 */
export function startEngine(
  { options, calls, devices, onFault }: EngineParts,
  program: URL = bundled,
): Engine {
  const worker = new Worker(program, { workerData: options })
  let isEnding = false
  worker.on('error', (cause) => {
    isEnding = true
    onFault(cause)
  })
  worker.on('exit', (code) => {
    if (!isEnding) onFault(new Error(`the engine's thread ended by itself (${code})`))
  })
  const listeners = new Set<() => void>()
  let latest: AppSnapshot | null = null
  const show = (snapshot: AppSnapshot): void => {
    if (latest !== null && snapshot.revision < latest.revision) return
    latest = snapshot
    for (const listener of listeners) listener()
  }
  const local: WindowCalls = {
    ...calls,
    ...deviceDesk(devices, () => ({
      deviceRead: (number, read) => void engine.deviceRead.asEvent(number, read),
      deviceGone: (number) => void engine.deviceGone.asEvent(number),
    })),
    send(event) {
      const snapshot = snapshotIn(event)
      if (snapshot !== null) show(snapshot)
      calls.send(event)
    },
  }
  const engine = createBirpc<EngineCalls, WindowCalls>(local, {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    post: (message) => worker.postMessage(message),
    on: (receive) => worker.on('message', receive),
    // A dialog may be open for an hour.
    timeout: -1,
  })
  const opened = engine.opened().then((first) => {
    show(first)
    return first
  })
  return {
    opened,
    snapshot: () => latest,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    request: (name, input) => engine.request(name, input),
    setCompact: (compact) => void engine.setCompact.asEvent(compact),
    windowLeft: () => void engine.windowLeft.asEvent(),
    windowIs: (place) => void engine.windowIs.asEvent(place),
    pageGone: () => void engine.pageGone.asEvent(),
    wokeUp: () => void engine.wokeUp.asEvent(),
    provisioned: () => void engine.provisioned.asEvent(),
    updateDownloaded: (percent) => void engine.updateDownloaded.asEvent(percent),
    async close() {
      isEnding = true
      if (latest !== null) await engine.close()
      await worker.terminate()
    },
  }
}
