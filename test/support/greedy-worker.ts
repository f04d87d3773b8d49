import { parentPort, workerData } from 'node:worker_threads'

/** What a file may be made for. */
const greed: Readonly<Record<string, () => unknown>> = {
  nothing: () => 'done',
  spins() {
    for (;;);
  },
  heap() {
    const kept: unknown[] = []
    for (;;) kept.push({ kept: [kept.length] })
  },
  stack() {
    const deeper = (): number => deeper() + 1
    return deeper()
  },
  bug() {
    throw new TypeError('a bug')
  },
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is a window's
parentPort?.postMessage(greed[String(workerData)]?.())
