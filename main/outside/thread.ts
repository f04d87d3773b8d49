import { Worker } from 'node:worker_threads'
import { err, ok, type Result } from '../contract/result.ts'

export interface ThreadLimits {
  /** Until the thread is ended. */
  readonly ms: number
  readonly heapMb: number
}

/** The program took longer, or more memory, than it may. */
export interface TooDemanding {
  readonly code: 'too-demanding'
}

/**
 * Runs a program on a thread of its own and returns the one message that it posts. At its deadline, and when its heap is
 * full, the thread is ended; what lies outside of the heap (buffers, SQLite) the program has to bound by itself.
 * @throws what the program throws: a bug.
 */
export function runOnThread<Message>(
  program: URL,
  workerData: unknown,
  { ms, heapMb }: ThreadLimits,
): Promise<Result<Message, TooDemanding>> {
  const { promise, resolve, reject } = Promise.withResolvers<Result<Message, TooDemanding>>()
  const worker = new Worker(program, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 },
    // Nothing of it is said anywhere: what it reads may be a key.
    stdout: true,
    stderr: true,
    env: {},
  })
  const deadline = setTimeout(() => resolve(err({ code: 'too-demanding' })), ms)
  worker.once('message', (made: Message) => resolve(ok(made)))
  worker.once('error', (cause) => {
    if (isTooDemanding(cause)) resolve(err({ code: 'too-demanding' }))
    else reject(cause)
  })
  worker.once('exit', (code) => reject(new Error(`the thread ended by itself (${code})`)))
  return promise.finally(() => {
    clearTimeout(deadline)
    // Not waited for: what runs outside of JavaScript ends when it has ended.
    void worker.terminate()
  })
}

/** The heap is full, or the stack is, or a buffer cannot be had. */
function isTooDemanding(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false
  return (
    cause.name === 'RangeError' || ('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY')
  )
}
