import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream'
import { streamNames } from '../names.ts'
import type { StorageLimits } from './configuration.ts'

const dayMs = 86_400_000
/** Longer than a head office is cut off, and than a till lies in a drawer. */
const journalDays = 45

const common = {
  retention: RetentionPolicy.Limits,
  storage: StorageType.File,
  num_replicas: 1,
  // One subject takes one message, for ever: a second one is refused by the server.
  max_msgs_per_subject: 1,
  discard: DiscardPolicy.New,
  discard_new_per_subject: true,
  deny_delete: true,
  deny_purge: true,
  allow_rollup_hdrs: false,
  allow_direct: true,
} as const satisfies Partial<StreamConfig>

/**
 * The locks of one incarnation. They have no age: the first generation of a lock must not go before the last, or the coupon would be
 * free again.
 */
export function locksStream(
  incarnation: string,
  { locks }: StorageLimits,
): Partial<StreamConfig> & { name: string } {
  const kinds = [`lock.${incarnation}.*.*`, `release.${incarnation}.*.*`]
  return {
    ...common,
    name: streamNames.locks,
    subjects: [...kinds, `ready.${incarnation}.*`, `gate.${incarnation}`],
    max_bytes: locks,
    metadata: { id: incarnation },
  }
}

/** The journal of all tills of the shop. Full, it takes nothing new: tills keep their records until it does. */
export function journalStream(
  id: string,
  { journal }: StorageLimits,
): Partial<StreamConfig> & { name: string } {
  return {
    ...common,
    name: streamNames.journal,
    subjects: ['journal.*.*'],
    max_bytes: journal,
    max_age: journalDays * dayMs * 1_000_000,
    metadata: { id },
  }
}
