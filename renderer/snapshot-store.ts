import type { CounterView } from '../main/contract/counter.ts'
import type { AppSnapshot } from '../main/contract/snapshot.ts'
import type { TillBridge } from '../main/contract/till-bridge.ts'

/** The page's mirror of the main process, in the shape that React's `useSyncExternalStore` reads. */
export interface SnapshotStore {
  readonly subscribe: (listener: () => void) => () => void
  readonly get: () => AppSnapshot | null
}

export function createSnapshotStore(till: TillBridge): SnapshotStore {
  const listeners = new Set<() => void>()
  let current: AppSnapshot | null = null
  let counter: CounterView | null = null
  const show = (next: AppSnapshot): void => {
    current = next
    for (const listener of listeners) listener()
  }
  const accept = (next: AppSnapshot): void => {
    if (current && next.revision < current.revision) return
    counter = isSameTill(current, next) ? newer(counter, next.counter) : next.counter
    show({ ...next, counter, scanner: unchanged(current?.scanner ?? null, next.scanner) })
  }
  const acceptCounter = (next: CounterView): void => {
    counter = newer(counter, next)
    if (current && current.counter !== counter) show({ ...current, counter })
  }
  // Subscribe first, ask second: a change between the two is not lost, and the revision settles the order.
  till.onChanged(accept)
  till.onCounterChanged(acceptCounter)
  void till.snapshot({}).then((reply) => {
    if (reply.ok) accept(reply.value)
  })
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    get: () => current,
  }
}

/** The counter is told of twice: at once by its own event, and by the snapshot that follows. */
function newer(before: CounterView | null, after: CounterView): CounterView {
  return before && before.revision >= after.revision ? before : after
}

/** Behind an obstacle, and in the other mode, another till begins its counter anew. */
function isSameTill(before: AppSnapshot | null, after: AppSnapshot): boolean {
  if (before === null) return true
  return before.mode === after.mode && before.obstacle === null && after.obstacle === null
}

/** Each snapshot brings an equal profile in a new object, and a new object would start the decoder anew within a scan. */
function unchanged<T>(before: T, after: T): T {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after
}
