import type { PlayedShop } from './shop.ts'
import type { SimulatedTill } from './simulated-till.ts'
import type { RowInFile } from './till-file.ts'

export interface AuditEvent {
  readonly useRequestNo: string
  readonly event: string
}

/** Whether the event records that a request is about to be sent. */
export function isBeginning({ event }: AuditEvent): boolean {
  return event === 'recorded' || event === 'sending'
}

/**
 * The events that a final state ends with. A person's decision is recorded as `resolved`, whatever state it leads to;
 * so is a loss that the till books itself.
 */
const finalEvents: Readonly<Record<string, readonly string[]>> = {
  redeemed: ['redeemed', 'resolved', 'return-refused'],
  refused: ['refused'],
  review: ['review', 'return-refused', 'looked-up'],
  returned: ['returned', 'resolved'],
  cancelled: ['cancelled'],
  resolved: ['resolved'],
}

/** What was told about a redemption, that it was presented again, and that it was erased. */
const changesNothing = new Set(['told', 'presented', 'erased'])

/** Checks that the trail alone tells how each row came to its state, and every request that was sent. */
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
    // The till that took it over goes on counting.
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
