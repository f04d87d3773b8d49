import { checkBooks } from './check-books.ts'
import { checkChain } from './check-chain.ts'
import { checkPresentations } from './check-presentations.ts'
import { checkScreen } from './check-screen.ts'
import type { PlayedShop } from './shop.ts'

/** Returns everything that is wrong at the end of a seed; empty when the till kept its promises. */
export function check(shop: PlayedShop): string[] {
  return [
    ...shop.violations,
    ...checkBooks(shop),
    ...checkScreen(shop),
    ...checkPresentations(shop),
    ...checkChain(shop),
  ]
}
