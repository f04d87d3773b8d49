import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

/** What people decided, held against the ledger that they looked at. */
export function checkDecisions(
  { decisions, gateway }: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
): string[] {
  const found: string[] = []
  for (const { useRequestNo, state, reason, honoured } of rows) {
    if (state !== 'resolved' || reason === 'handed-over' || till.hasLostTime) continue
    const decision = decisions.of(useRequestNo)
    // A loss of which nothing is left to find out the till books by itself.
    if (!decision && !(honoured && !gateway.isBooked(useRequestNo)))
      found.push(`${useRequestNo} is resolved and nobody decided it`)
    // Sent once more behind the back of whoever decided, it would be booked although they saw that it is not.
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

/** A request that was under way when they decided. */
const lateMs = 60_000
