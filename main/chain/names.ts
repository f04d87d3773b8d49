/*
 * chain/ is a shop of tills over NATS JetStream: the lock on each coupon and the journal behind the ports of the domain, and the
 * keeper of the shop's server. What imports NATS is loaded only where a chain is set up (docs/chain.md).
 */

/** The streams of a shop's server. Tills read them and add to them; only the keeper makes them. */
export const streamNames = { locks: 'LOCKS', journal: 'JOURNAL' } as const

/** The name in the server's certificate, whatever its address is: addresses of a shop's network change. */
export const serverName = 'shop-server.hexiao-till.internal'

/*
 * Every subject of the locks names the incarnation of the server's disk, so that a claim which was meant for one is refused by
 * another. `till` is the till's public nkey; `coupon` and `number` are keyed hashes (sealing.ts).
 */

/** One subject takes one message: whoever publishes first has this generation of the lock. */
export function lockSubject(incarnation: string, coupon: string, generation: number): string {
  return `lock.${incarnation}.${coupon}.${generation}`
}

/** A message here ends every claim under this number, also one that lands after it. */
export function releaseSubject(incarnation: string, coupon: string, number: string): string {
  return `release.${incarnation}.${coupon}.${number}`
}

/** This till has re-asserted its claims in this incarnation. */
export function readySubject(incarnation: string, till: string): string {
  return `ready.${incarnation}.${till}`
}

/** A message here opens the incarnation for new claims. Only the keeper may publish it. */
export function gateSubject(incarnation: string): string {
  return `gate.${incarnation}`
}

/** Said once, and stored nowhere: this till leaves the shop. */
export function leaveSubject(till: string): string {
  return `leave.${till}`
}

/** Said now and then, and stored nowhere: how it is with this till, for a head office. */
export function reportSubject(till: string): string {
  return `report.${till}`
}

/** One subject a record, which takes one message: a record is there once, however often it is sent. */
export function journalSubject(till: string, recordId: string): string {
  return `journal.${till}.${recordId}`
}

/** The till that a subject of the journal, of leaving or of a report is of. */
export function tillOfSubject(subject: string): string {
  return subject.split('.')[1] ?? ''
}
