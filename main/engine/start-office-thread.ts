import { createBirpc } from 'birpc'
import { Worker } from 'node:worker_threads'
import type { OfficeCalls, OfficeOptions, OfficeWindowCalls } from './office-calls.ts'

interface OfficeThreadParts {
  readonly options: OfficeOptions
  readonly calls: OfficeWindowCalls
  /** Called with what nobody on the thread caught: it is over then. */
  readonly onFault: (cause: unknown) => void
}

/** The bundle of office-thread.ts (electron.vite.config.ts). */
const bundled = new URL('./office.cjs', import.meta.url)

/**
 * Starts the head office on a thread of its own: sums over months must not keep the window from being drawn. To be called once in
 * a process, as `startEngine`.
 */
export function startOfficeThread({ options, calls, onFault }: OfficeThreadParts): OfficeCalls {
  const worker = new Worker(bundled, { workerData: options })
  let isEnding = false
  worker.on('error', (cause) => {
    isEnding = true
    onFault(cause)
  })
  worker.on('exit', (code) => {
    if (!isEnding) onFault(new Error(`the office's thread ended by itself (${code})`))
  })
  const office = createBirpc<OfficeCalls, OfficeWindowCalls>(calls, {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    post: (message) => worker.postMessage(message),
    on: (receive) => worker.on('message', receive),
    // A dialog may be open for an hour.
    timeout: -1,
  })
  return {
    opened: () => office.opened(),
    request: (name, input) => office.request(name, input),
    async close() {
      isEnding = true
      await office.close()
      await worker.terminate()
    },
  }
}
