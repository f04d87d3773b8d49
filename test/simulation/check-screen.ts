import type { PlayedShop } from './shop.ts'
import type { ShownVerdict } from './screen.ts'

/** What cashiers were told against what happened. */
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
    if (verdict.tone !== 'red' && !verdict.redemption)
      found.push(`${told(shown)} names no redemption`)
    if (row && !row.body.includes(JSON.stringify(payload)))
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
      const isAllowed = shop.plan.policy === 'honour' || shop.honouredByHand.has(useRequestNo ?? '')
      return verdict.instruction === 'give' && !isAllowed
        ? [`${told(shown)} and lets the cashier honour it`]
        : []
    }
    case 'red': {
      if (verdict.reason.startsWith('not-saved') && verdict.redemption)
        return [`${told(shown)} although it was recorded`]
      if (verdict.reason === 'outside-known-window') return checkWindow(shop, shown)
      if (verdict.reason === 'redeemed-at-other-till') return checkPeer(shop, shown)
      if (recalls.has(verdict.reason) || useRequestNo === undefined) return []
      if (effect && verdict.redemption?.state !== 'review')
        return [`${told(shown)} although ${useRequestNo} was booked`]
      const isRefused = shop.gateway.arrivals.some(
        (arrival) =>
          arrival.useRequestNo === useRequestNo && arrival.answer !== 'used' && arrival.at <= at,
      )
      return isRefused ? [] : [`${told(shown)} although nobody refused ${useRequestNo}`]
    }
  }
}

/** The till may refuse by itself what is really outside its time. */
function checkWindow(shop: PlayedShop, shown: ShownVerdict): string[] {
  const coupon = shop.gateway.coupons.get(shown.payload)
  const isInside = coupon && shown.at >= coupon.from && shown.at <= coupon.until
  return isInside === true ? [`${told(shown)} although it was valid`] : []
}

/** What another till told must be so. */
function checkPeer({ gateway }: PlayedShop, shown: ShownVerdict): string[] {
  const isBooked = gateway.effects.some(
    ({ code, till, at }) => code === shown.payload && till !== shown.till && at <= shown.at,
  )
  return isBooked ? [] : [`${told(shown)} although no other till redeemed it`]
}

/** What may follow a state that somebody was shown as decided. */
const later: Readonly<Record<string, readonly string[]>> = {
  redeemed: ['returning', 'returned', 'review'],
  returning: ['redeemed', 'returned', 'review'],
  review: ['pending', 'returning', 'redeemed', 'refused', 'returned', 'resolved'],
}

/** Red because the till knows the code, not because WeChat Pay said no. */
const recalls = new Set([
  'redeemed-here-before',
  'honoured-here-before',
  'in-review-here',
  'resolved-here',
  'offline-not-accepted',
])

/** The list of recent redemptions: no state without its reason in the ledger, and no way back from a decided one. */
function checkRows({ gateway, screen }: PlayedShop): string[] {
  const found: string[] = []
  const decided = new Map<string, string>()
  for (const { till, at, view } of screen.rows) {
    const { useRequestNo, state } = view
    const forgotten = screen.forgotten.filter((entry) => entry.till === till && entry.at <= at)
    const isBooked = gateway.effects.some(
      (effect) => effect.useRequestNo === useRequestNo && effect.at <= at,
    )
    if (state === 'redeemed' && !isBooked) found.push(`${till} lists ${useRequestNo} as redeemed`)
    // Its own number was given back in the time that it lost.
    const isUnknown =
      forgotten.length > 0 && gateway.returns.some((entry) => entry.useRequestNo === useRequestNo)
    if (state === 'refused' && isBooked && !isUnknown)
      found.push(`${till} lists ${useRequestNo} as refused`)
    const key = `${till} ${forgotten.length} ${useRequestNo}`
    const before = decided.get(key)
    const isNext = view.reason === 'handed-over' || later[before ?? '']?.includes(state) === true
    if (before !== undefined && before !== state && !isNext)
      found.push(`${till} lists ${useRequestNo} as ${state} after ${before}`)
    // What was handed over may come back.
    if (state === 'pending' || view.reason === 'handed-over') decided.delete(key)
    else decided.set(key, state)
  }
  return found
}

function told({ till, verdict, payload }: ShownVerdict): string {
  return `${till} told ${verdict.tone} (${verdict.reason}) of …${payload.slice(-4)}`
}
