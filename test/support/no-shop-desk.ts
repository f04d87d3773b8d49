import type { ShopDesk } from '../../main/app/live/shop-desk.ts'

/** For commands that say nothing of the shop. */
export const noShopDesk: ShopDesk = {
  carryOut: () => Promise.reject(new Error('no order for a shop was expected')),
}
