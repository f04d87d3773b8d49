import { bookedButClosable } from './check-closed.ts'
import { checkRed, namedFor } from './check-red.ts'
import type { PlayedShop } from './shop.ts'
import type { ShownVerdict } from './screen.ts'

/** Checks what cashiers were told against what happened. */
export function checkScreen(shop: PlayedShop): string[] {
  const numbers = new Map(
    shop.tills.map((till) => [
      till.id,
      new Map(till.read((file) => file.rows()).map((row) => [row.useRequestNo, row])),
    ]),
  )
  const found: string[] = []
  for (const shown of shop.screen.verdicts) {
    const { till, payload, verdict } = shown
    const row = numbers.get(till)?.get(verdict.redemption?.useRequestNo ?? '')
    const isForgotten = shop.screen.forgotten.some((entry) => entry.till === till)
    if (verdict.redemption && !row && !isForgotten)
      found.push(`${told(shown)} is lost: ${verdict.redemption.useRequestNo} is not in the file`)
    if (verdict.tone !== 'red' && !verdict.redemption && verdict.reason !== 'stock-not-chosen')
      found.push(`${told(shown)} names no redemption`)
    if (row && row.body?.includes(JSON.stringify(payload)) === false)
      found.push(`${told(shown)} names the redemption of another coupon`)
    found.push(...checkVerdict(shop, shown))
  }
  return [...found, ...checkRows(shop)]
}

function checkVerdict(shop: PlayedShop, shown: ShownVerdict): string[] {
  const { verdict, at } = shown
  const useRequestNo = verdict.redemption?.useRequestNo
  const effect = shop.gateway.effects.find((entry) => entry.useRequestNo === useRequestNo)
  switch (verdict.tone) {
    case 'green':
      return effect && effect.at <= at ? [] : [`${told(shown)} and nothing was booked`]
    case 'amber': {
      const isAllowed = mayHonour(shop, shown) || shop.honouredByHand.has(useRequestNo ?? '')
      return verdict.instruction === 'give' && !isAllowed
        ? [`${told(shown)} and lets the cashier honour it`]
        : []
    }
    case 'red':
      return checkRed(shop, shown).map((what) => `${told(shown)} ${what}`)
  }
}

/**
 * Whether the policy honours the coupon by its batch: the one known, the one in the settings, a guessed one, or the
 * default.
 */
function mayHonour({ gateway, plan }: PlayedShop, { presented }: ShownVerdict): boolean {
  const { offline, onlyStockId } = plan.settings
  const coupon = gateway.coupons.presented(presented.payload, presented.stockId)
  const named = namedFor(plan, presented.payload)
  const modes = [coupon?.stockId, presented.stockId, named, onlyStockId].map((stockId) =>
    stockId == null ? offline.mode : (offline.byStock[stockId] ?? offline.mode),
  )
  return modes.includes('honour')
}

/** States that may follow a state that was shown as decided. */
const later: Readonly<Record<string, readonly string[]>> = {
  redeemed: ['returning', 'returned', 'review'],
  // A query may show that the coupon is unused, or used elsewhere: then there is nothing to return.
  returning: ['redeemed', 'returned', 'review', 'resolved', 'refused'],
  review: ['pending', 'returning', 'redeemed', 'refused', 'returned', 'resolved'],
}

/**
 * Checks the list of recent redemptions: each state has its reason in the ledger, and a decided one never goes back.
 */
function checkRows(shop: PlayedShop): string[] {
  const { gateway, screen, decisions } = shop
  const found: string[] = []
  const decided = new Map<string, string>()
  for (const { till, at, view } of screen.rows) {
    const { useRequestNo, state } = view
    const forgotten = screen.forgotten.filter((entry) => entry.till === till && entry.at <= at)
    const isBooked = gateway.effects.some(
      (effect) => effect.useRequestNo === useRequestNo && effect.at <= at,
    )
    const isWronged = decisions.of(useRequestNo)?.isTrue === false
    if (state === 'redeemed' && !isBooked && !isWronged)
      found.push(`${till} lists ${useRequestNo} as redeemed`)
    // It was returned in lost time, here or at the till that handed it over.
    const isUnknown =
      screen.forgotten.some((entry) => entry.at <= at) &&
      gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
    if (state === 'refused' && isBooked && !isUnknown && !bookedButClosable(shop).has(useRequestNo))
      found.push(`${till} lists ${useRequestNo} as refused`)
    const key = `${till} ${forgotten.length} ${useRequestNo}`
    const before = decided.get(key)
    // A person had it sent again, and it was renewed under another number before the list was read.
    const isMintedAnew = before === 'review' && view.reason === 'clock-wrong'
    const isNext =
      isMintedAnew || view.reason === 'handed-over' || later[before ?? '']?.includes(state) === true
    if (before !== undefined && before !== state && !isNext)
      found.push(`${till} lists ${useRequestNo} as ${state} after ${before}`)
    // An entry that was handed over may come back.
    if (state === 'pending' || view.reason === 'handed-over') decided.delete(key)
    else decided.set(key, state)
  }
  return found
}

function told({ till, verdict, payload }: ShownVerdict): string {
  return `${till} told ${verdict.tone} (${verdict.reason}) of …${payload.slice(-4)}`
}
