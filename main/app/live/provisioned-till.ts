import { isDeepStrictEqual } from 'node:util'
import type { Result } from '../../contract/result.ts'
import type { Profile } from '../../credentials/profile.ts'
import type { OpenTill } from '../open-till.ts'
import type { LivePlace } from './live-place.ts'
import type { ShopOrder, ShopOrderFault, ShopOutcome } from './shop-order.ts'
import { openShopOrderBox } from './shop-order-box.ts'

/** What `hexiao-till provision` changes under a window that is open. */
export interface ProvisionedTill {
  /** Whether another till has to be opened for what the profile says by now. New keys count without that. */
  isOutdated(open: OpenTill | null): boolean
  /** Carries out the order for the shop that waits, if one does. */
  serveOrder(
    carryOut: (order: ShopOrder) => Promise<Result<ShopOutcome, ShopOrderFault>>,
  ): Promise<void>
}

interface ProvisionedTillParts {
  readonly place: Pick<LivePlace, 'folder' | 'profiles' | 'secrets' | 'clock'>
  /** A window that practises, or that was told to train, stays what it is. */
  readonly isBound: boolean
  /** The profile that the open till was opened under. */
  readonly openedUnder: () => Profile | null
}

export function createProvisionedTill(parts: ProvisionedTillParts): ProvisionedTill {
  const { folder, profiles, secrets, clock } = parts.place
  return {
    isOutdated(open) {
      const profile = profiles.get()
      if (parts.isBound || profile === null) return false
      if (open?.mode !== 'live') return true
      return !isDeepStrictEqual(fixedAtOpening(parts.openedUnder()), fixedAtOpening(profile))
    },
    async serveOrder(carryOut) {
      const stored = await secrets.read('data-key')
      if (!stored.ok || stored.value === null) return
      const dataKey = Buffer.from(stored.value, 'base64')
      await openShopOrderBox({ folder, dataKey, clock }).serve(carryOut)
    },
  }
}

function fixedAtOpening(profile: Profile | null): unknown {
  if (profile === null) return null
  const { merchantId, appid, tillId, hosts, proxy, authorities } = profile
  return { merchantId, appid, tillId, hosts, proxy, authorities }
}
