import type { Change, Redemptions } from './ports.ts'
import type { Redemption } from './redemption.ts'

interface Watcher {
  /** Called after a change was written. */
  readonly changed: (redemption: Redemption) => void
  /** Called after a redemption was ended and another recorded in its place. */
  readonly renewed: (from: Redemption, to: Redemption) => void
}

/** Returns the redemptions, with every change told that was written to them. */
export function watched(redemptions: Redemptions, watcher: Watcher): Redemptions {
  return {
    insert: (redemption, audit) => redemptions.insert(redemption, audit),
    update(changes: readonly Change[]) {
      const written = redemptions.update(changes)
      if (written.ok) for (const { redemption } of changes) watcher.changed(redemption)
      return written
    },
    replace(ended, fresh) {
      const written = redemptions.replace(ended, fresh)
      if (written.ok) watcher.renewed(ended.redemption, fresh.redemption)
      return written
    },
    find: (useRequestNo) => redemptions.find(useRequestNo),
    findByCode: (couponCode, stockId) => redemptions.findByCode(couponCode, stockId),
    siblings: (redemption) => redemptions.siblings(redemption),
    recent: (limit) => redemptions.recent(limit),
    ofOrder: (orderNo) => redemptions.ofOrder(orderNo),
  }
}
