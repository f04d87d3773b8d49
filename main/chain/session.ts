import {
  jetstream,
  JetStreamApiError,
  type JetStreamClient,
  jetstreamManager,
  type JetStreamManager,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { z } from 'zod'
import { streamNames } from './names.ts'
import { type Silent, silent, within } from './within.ts'

/** What the server says to a message. `refused`: it stored nothing, for its subject is taken, or for want of room. */
export type Published =
  | { readonly kind: 'stored'; readonly sequence: number }
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'silent' }

export interface StoredMessage {
  readonly sequence: number
  readonly subject: string
  readonly data: Uint8Array
}

/** What a stream is, as far as a till needs it. */
export interface StreamFacts {
  /** Named by the keeper when it made the stream; a later one is greater. */
  readonly id: string
  readonly lastSequence: number
}

/** What a till asks of the shop's server, over one connection. Nothing here rejects for want of an answer. */
export interface Session {
  readonly connection: NatsConnection
  publish(subject: string, data: Uint8Array, timeoutMs: number): Promise<Published>
  /** The newest message of exactly this subject; `null` where there is none. */
  last(stream: string, subject: string, timeoutMs: number): Promise<StoredMessage | null | Silent>
  /** The first message of the journal from this sequence on; `null` where there is none yet. */
  journalFrom(sequence: number, timeoutMs: number): Promise<StoredMessage | null | Silent>
  /** Calls the listener when something is announced on the subject; before it is stored, and never for certain. */
  announced(subject: string, listener: (subject: string) => void): void
  /** `null` where there is no such stream. */
  stream(name: string, timeoutMs: number): Promise<StreamFacts | null | Silent>
}

const Info = z.object({
  config: z.object({ metadata: z.object({ id: z.string().regex(/^[0-9a-f]{20}$/) }) }),
  state: z.object({ last_seq: z.int().nonnegative() }),
})
const streamNotFound = 10059

export async function openSession(
  connection: NatsConnection,
  onFault: (cause: unknown) => void,
): Promise<Session> {
  const client: JetStreamClient = jetstream(connection)
  const manager: JetStreamManager = await jetstreamManager(connection, { checkAPI: false })

  return {
    connection,
    async publish(subject, data, timeoutMs) {
      try {
        const stored = await within(
          timeoutMs,
          client.publish(subject, data, { timeout: Math.max(1, timeoutMs) }),
        )
        return stored === silent ? { kind: 'silent' } : { kind: 'stored', sequence: stored.seq }
      } catch (cause) {
        if (cause instanceof JetStreamApiError) return { kind: 'refused', detail: cause.message }
        return { kind: 'silent' }
      }
    },
    async last(stream, subject, timeoutMs) {
      return answered(timeoutMs, async () => {
        const found = await manager.direct.getMessage(stream, { last_by_subj: subject })
        return found && { sequence: found.seq, subject: found.subject, data: found.data }
      })
    },
    async journalFrom(sequence, timeoutMs) {
      return answered(timeoutMs, async () => {
        const query = { seq: sequence, next_by_subj: 'journal.>' }
        const found = await manager.direct.getMessage(streamNames.journal, query)
        return found && { sequence: found.seq, subject: found.subject, data: found.data }
      })
    },
    announced(subject, listener) {
      connection.subscribe(subject, {
        callback(fault, message) {
          if (fault === null) listener(message.subject)
          else onFault(fault)
        },
      })
    },
    async stream(name, timeoutMs) {
      return answered(timeoutMs, async () => {
        try {
          const { config, state } = Info.parse(await manager.streams.info(name))
          return { id: config.metadata.id, lastSequence: state.last_seq }
        } catch (cause) {
          if (cause instanceof JetStreamApiError && cause.code === streamNotFound) return null
          throw cause
        }
      })
    },
  }
}

/** A broken connection, a timeout of the library's and a server without JetStream are all the same to a till: no answer. */
async function answered<T>(timeoutMs: number, ask: () => Promise<T>): Promise<T | Silent> {
  try {
    return await within(timeoutMs, ask())
  } catch {
    // Whatever it was, there is no answer; what a till may conclude from that is nothing.
    return silent
  }
}
