import { err } from '../contract/result.ts'
import { carryOutShopOrder, type ShopOrderParts } from './live/carry-out-shop-order.ts'
import type { ProvisionedTill } from './live/provisioned-till.ts'
import type { OpenTill } from './open-till.ts'
import type { TillHost } from './till-host.ts'

interface ProvisioningParts extends Omit<ShopOrderParts, 'shop' | 'password'> {
  readonly till: () => OpenTill | null
  readonly obstacle: TillHost['obstacle']
  readonly provisioned: ProvisionedTill
  /** Opens the till anew, with the same person signed in. */
  readonly reopen: () => Promise<void>
}

/**
 * Returns what an open window does when `hexiao-till provision` tells it that something changed. One after the other, since
 * each may open the till anew.
 */
export function createProvisioning(parts: ProvisioningParts): () => Promise<void> {
  const { till, provisioned } = parts
  let last: Promise<void> = Promise.resolve()

  async function takeUp(): Promise<void> {
    const open = till()
    if (provisioned.isOutdated(open)) await parts.reopen()
    else {
      // What was stopped by a fault of the settings is tried with the new ones. Neither rejects.
      open?.till.syncNow()
      void open?.till.probe()
    }
    await provisioned.serveOrder(async (order) => {
      const now = till()
      if (now === null || now.backup === null)
        return err({ code: 'till-closed', detail: parts.obstacle()?.code ?? 'training' })
      return carryOutShopOrder(order, { ...parts, shop: now.shop, password: now.backup.password })
    })
  }

  return () => {
    last = last.catch(() => undefined).then(takeUp)
    return last
  }
}
