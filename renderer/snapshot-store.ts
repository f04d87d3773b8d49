import type { CounterView } from '../main/contract/counter.ts'
import type { AppSnapshot } from '../main/contract/snapshot.ts'
import type { TillBridge } from '../main/contract/till-bridge.ts'

/** The page's copy of the main process's state, for React's `useSyncExternalStore`. */
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
  // Subscribed before the first request, so that no change between the two is lost; the revision settles the order.
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

/** The counter arrives twice: at once as its own event, and again in the snapshot that follows. */
function newer(before: CounterView | null, after: CounterView): CounterView {
  return before && before.revision >= after.revision ? before : sharing(before, after)
}

/** Another till (after an obstacle, or in the other mode) starts its counter's revisions anew. */
function isSameTill(before: AppSnapshot | null, after: AppSnapshot): boolean {
  if (before === null) return true
  return before.mode === after.mode && before.obstacle === null && after.obstacle === null
}

/**
 * Every message from the main process consists of new objects. Parts that are equal keep the old object, so that
 * components which show them are not redrawn, and the scanner's decoder is not restarted in the middle of a scan.
 */
function sharing<T extends object>(before: T | null, after: T): T {
  if (before === null) return after
  const shared = { ...after }
  for (const part in shared)
    if (JSON.stringify(before[part]) === JSON.stringify(after[part])) shared[part] = before[part]
  return shared
}
