import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

export interface AuditEvent {
  readonly useRequestNo: string
  readonly event: string
}

/** A request begins to leave. */
export function isBeginning({ event }: AuditEvent): boolean {
  return event === 'recorded' || event === 'sending'
}

/** A person's decision is told of as `resolved`, whatever state it leads to; so is a loss that the till books itself. */
const finalEvents: Readonly<Record<string, readonly string[]>> = {
  redeemed: ['redeemed', 'resolved', 'return-refused'],
  refused: ['refused'],
  review: ['review', 'return-refused', 'looked-up'],
  returned: ['returned', 'resolved'],
  cancelled: ['cancelled'],
  resolved: ['resolved'],
}

/** What was told of it, that it was presented again, and what was erased of it. */
const changesNothing = new Set(['told', 'presented', 'erased'])

/** The trail alone must tell how each row came to its state, and of every request that left. */
export function checkAudit(
  shop: PlayedShop,
  till: SimulatedTill,
  rows: readonly RowInFile[],
  of: Readonly<Record<'audit' | 'begun', readonly AuditEvent[]>> & {
    readonly isWhole: boolean
  },
): string[] {
  const { audit, begun: everywhere, isWhole } = of
  const found: string[] = []
  for (const { useRequestNo, state, attempts, reason } of rows) {
    const ofNumber = (entry: AuditEvent): boolean => entry.useRequestNo === useRequestNo
    const events = audit.flatMap(({ useRequestNo: number, event }) =>
      number === useRequestNo && !changesNothing.has(event) ? [event] : [],
    )
    const begun = audit.filter(ofNumber).filter(isBeginning).length
    // Whoever took it over counts on.
    const isTaken = events.includes('taken-over')
    const isGivenOn = isTaken && reason === 'handed-over'
    const counted = isTaken ? everywhere.filter(ofNumber).length : begun
    const arrived = shop.gateway.arrivals.filter(
      (arrival) =>
        arrival.till === till.id && arrival.useRequestNo === useRequestNo && !arrival.isResent,
    ).length
    if (!['recorded', 'recorded-not-sent', 'taken-over'].includes(events[0] ?? ''))
      found.push(`${useRequestNo} has no audit row of its recording`)
    if (counted !== attempts && !isGivenOn && (isWhole || !isTaken))
      found.push(`${useRequestNo}: ${attempts} attempts, ${counted} in the audit`)
    if (arrived > begun && !till.hasLostTime)
      found.push(`${useRequestNo}: ${arrived} requests arrived, ${begun} in the audit`)
    const asTaken =
      events.at(-1) === 'taken-over' && state === 'review' ? ['taken-over'] : undefined
    const handedOver = reason === 'handed-over' ? [reason] : undefined
    const decided = handedOver ?? asTaken ?? finalEvents[state]
    if (decided !== undefined && !decided.includes(events.at(-1) ?? ''))
      found.push(`${useRequestNo} is ${state}, its audit ends with ${String(events.at(-1))}`)
  }
  return found
}
