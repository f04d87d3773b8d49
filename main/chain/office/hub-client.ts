import { jetstream, JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { silent, type Silent, within } from '../within.ts'
import { hubStreams } from './office-names.ts'

/** `passed`: the subject's last message is another than was expected. `full`: the hub stores nothing now. */
export type HubAnswer =
  | { readonly kind: 'stored'; readonly sequence: number }
  | { readonly kind: 'passed' | 'full' | 'silent' }

/** What a shop asks of its head office's hub, through its own server. Nothing here rejects for want of an answer. */
export interface HubClient {
  /** Stores it if the subject's last message is still the one at this sequence; 0: if there is none. */
  publishAfter(sequence: number, subject: string, data: Uint8Array): Promise<HubAnswer>
  /** Stores it; whether it did, nobody waits for. */
  tell(subject: string, data: Uint8Array): void
  last(
    subject: string,
  ): Promise<{ readonly sequence: number; readonly data: Uint8Array } | null | Silent>
}

const patienceMs = 10_000
const wrongLastSequence = 10071

export async function openHubClient(
  connection: NatsConnection,
  domain: string,
): Promise<HubClient> {
  const client = jetstream(connection, { domain })
  const manager = await jetstreamManager(connection, { domain, checkAPI: false })
  return {
    async publishAfter(lastSubjectSequence, subject, data) {
      try {
        const stored = await within(
          patienceMs,
          client.publish(subject, data, {
            expect: { streamName: hubStreams.records, lastSubjectSequence },
            timeout: patienceMs,
          }),
        )
        return stored === silent ? { kind: 'silent' } : { kind: 'stored', sequence: stored.seq }
      } catch (cause) {
        if (!(cause instanceof JetStreamApiError)) return { kind: 'silent' }
        return { kind: cause.code === wrongLastSequence ? 'passed' : 'full' }
      }
    },
    tell: (subject, data) => connection.publish(subject, data),
    async last(subject) {
      try {
        const query = { last_by_subj: subject }
        const found = await within(patienceMs, manager.direct.getMessage(hubStreams.records, query))
        return found === silent ? silent : found && { sequence: found.seq, data: found.data }
      } catch {
        // A line that is cut and a hub without its stream are the same to a shop: no answer.
        return silent
      }
    },
  }
}
