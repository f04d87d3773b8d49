import type { PosLinkTill } from '../pos/link.ts'
import type { OpenTill } from './open-till.ts'

/** Returns the open till as a POS reaches it; `null` where none is open. */
export function posTillOf(open: OpenTill | null, now: () => number): PosLinkTill | null {
  if (open === null) return null
  const { till, shop, posStore, mode, identity } = open
  return {
    till,
    store: posStore,
    mode,
    tillId: identity.tillId,
    now,
    settings: shop.settings().pos,
    record: (act) => shop.record(act),
  }
}
