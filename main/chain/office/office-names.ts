/*
 * The hub is a NATS server, or a cluster, to which the servers of all shops dial out as leaf nodes. A shop publishes its records
 * there, and its health; the office follows both.
 */

/** RECORDS keeps what the shops publish; HEALTH the newest word of each shop alone. */
export const hubStreams = { records: 'RECORDS', health: 'HEALTH' } as const

/** JetStream's domain at a hub of ours. The shop's server has its own JetStream, of no domain. */
export const hubDomain = 'hub'

/** One subject a shop: its last message tells how far the shop's journal has come. */
export function recordsSubject(shopId: string): string {
  return `record.${shopId}`
}

export function healthSubject(shopId: string): string {
  return `health.${shopId}`
}

/** The shop that a subject of the hub is of. */
export function shopOfSubject(subject: string): string {
  return subject.split('.')[1] ?? ''
}
