import type { OfficeBridge } from '../../main/contract/office-bridge.ts'
import type { OfficeSnapshot } from '../../main/contract/office-requests.ts'

/** The page's copy of what is always on the screen, for React's `useSyncExternalStore`. */
export interface OfficeStore {
  readonly subscribe: (listener: () => void) => () => void
  readonly get: () => OfficeSnapshot | null
}

export function createOfficeStore({ office }: Pick<OfficeBridge, 'office'>): OfficeStore {
  const listeners = new Set<() => void>()
  let current: OfficeSnapshot | null = null
  const accept = (next: OfficeSnapshot): void => {
    if (current !== null && next.revision < current.revision) return
    current = next
    for (const listener of listeners) listener()
  }
  // Subscribed before the first request, so that no change between the two is lost; the revision settles the order.
  office.onChanged(accept)
  void office.snapshot({}).then((reply) => {
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
