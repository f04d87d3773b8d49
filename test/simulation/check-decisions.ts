import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { Concluded, RowInFile } from './till-file.ts'

/** Checks people's decisions against the ledger that they looked at. */
export function checkDecisions(
  shop: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
): string[] {
  const { decisions, gateway } = shop
  const found: string[] = []
  const concluded = till.read((file) => file.concluded())
  for (const row of rows) {
    const { useRequestNo, state, reason } = row
    if (state !== 'resolved' || reason === 'handed-over' || till.hasLostTime) continue
    const decision = decisions.of(useRequestNo)
    const last = concluded.findLast((entry) => entry.useRequestNo === useRequestNo)
    if (!decision && !(last && isConcluded(shop, row, last)))
      found.push(`${useRequestNo} is resolved and nobody decided it`)
    // If it is sent once more after the decision, it is booked although the person saw that it was not.
    const wasSentSince = gateway.arrivals.some(
      (arrival) =>
        decision !== undefined &&
        arrival.useRequestNo === useRequestNo &&
        arrival.at > decision.at + lateMs,
    )
    if (wasSentSince) found.push(`${useRequestNo} was sent after a person had decided it`)
  }
  return found
}

/**
 * Whether the till may close an entry without a person, and records why, because a decision would change nothing: a
 * coupon that was not given and that a query shows as not redeemed; or one that was given and refused as used
 * elsewhere, where repeated requests are known to get the first result.
 */
function isConcluded({ gateway }: PlayedShop, row: RowInFile, last: Concluded): boolean {
  const { useRequestNo, honoured, isGiven, resolution } = row
  if (gateway.isBooked(useRequestNo) || last.by !== null) return false
  const coupon = gateway.arrivals.find((entry) => entry.useRequestNo === useRequestNo)?.coupon
  if (resolution === 'not-redeemed') {
    const { couponState: state } = last
    const isSaid = gateway.told.some((told) => told.coupon === coupon && told.state === state)
    return !honoured && !isGiven && isSaid && unused.has(state ?? '')
  }
  const isRefused = gateway.arrivals.some(
    ({ useRequestNo: number, answer }) =>
      number === useRequestNo && answer === 'RESOURCE_ALREADY_EXISTS',
  )
  const isLoss = resolution === 'loss' && last.how === 'loss' && last.remark === 'not-ours'
  return isLoss && (honoured || isGiven) && isRefused
}

/** States of a coupon that nobody has redeemed. */
const unused = new Set(['SENDED', 'EXPIRED'])

/** How long a request that was under way at the decision may take. */
const lateMs = 60_000
