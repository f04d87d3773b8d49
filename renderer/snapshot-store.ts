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
    show(sharing(current, { ...next, counter }))
  }
  const acceptCounter = (next: CounterView): void => {
    counter = newer(counter, next)
    if (current && current.counter !== counter) show({ ...current, counter })
  }
  // Subscribe first, ask second: a change between the two is not lost, and the revision settles the order.
  till.app.onChanged(accept)
  till.counter.onChanged(acceptCounter)
  void till.app.snapshot({}).then((reply) => {
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
  return before && before.revision >= after.revision ? before : sharing(before, after)
}

/** Behind an obstacle, and in the other mode, another till begins its counter anew. */
function isSameTill(before: AppSnapshot | null, after: AppSnapshot): boolean {
  if (before === null) return true
  return before.mode === after.mode && before.obstacle === null && after.obstacle === null
}

/**
 * Whatever is told anew comes in new objects. Parts that are equal stay the objects they were: what shows them is not
 * drawn again, and the scanner's decoder does not start anew within a scan.
 */
function sharing<T extends object>(before: T | null, after: T): T {
  if (before === null) return after
  const shared = { ...after }
  for (const part in shared)
    if (JSON.stringify(before[part]) === JSON.stringify(after[part])) shared[part] = before[part]
  return shared
}
