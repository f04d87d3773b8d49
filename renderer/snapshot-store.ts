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
  const accept = (next: AppSnapshot): void => {
    if (current && next.revision < current.revision) return
    current = { ...next, scanner: unchanged(current?.scanner ?? null, next.scanner) }
    for (const listener of listeners) listener()
  }
  // Subscribe first, ask second: a change between the two is not lost, and the revision settles the order.
  till.onChanged(accept)
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

/** Each snapshot brings an equal profile in a new object, and a new object would start the decoder anew within a scan. */
function unchanged<T>(before: T, after: T): T {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after
}
