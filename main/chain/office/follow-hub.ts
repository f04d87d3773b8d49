import {
  type Consumer,
  DeliverPolicy,
  jetstream,
  type JetStreamClient,
  jetstreamManager,
  type JsMsg,
} from '@nats-io/jetstream'
import type { NatsConnection } from '@nats-io/transport-node'
import { type Line, type LineState, openLine } from '../line.ts'
import { createPause } from '../pause.ts'
import { keyOf } from '../till-key.ts'
import { sealKeyOf } from './attach-shop.ts'
import { hubStreams, shopOfSubject } from './office-names.ts'
import { createOfficeSealing, type OfficeSealing } from './office-sealing.ts'

/** A message of the hub's, opened. */
export interface OpenedMessage {
  readonly shop: string
  readonly sequence: number
  /** By the hub's clock, epoch milliseconds. */
  readonly at: number
  /** Unchecked; `null` where it cannot be opened. */
  readonly value: unknown
}

/** Which stream of records, and what it has. */
export interface HubStream {
  /** A stream that is made anew has another. */
  readonly id: string
  readonly lastSequence: number
}

export interface HubFollower {
  state(): LineState
  /** Messages at the hub that were not taken yet; `null`: not known. */
  behind(): number | null
  /** The next is asked for after the one that `start` returns, again. */
  restart(): void
  close(): Promise<void>
}

export interface FollowParts {
  readonly address: string
  readonly authority: string
  readonly seed: string
  /** The secret of the office. */
  readonly root: Uint8Array
  /** Returns the sequence after which this stream is read on; called for each connection. */
  readonly start: (stream: HubStream) => number
  /** Takes messages in their order. What it throws is reported, and they come again. */
  readonly take: (stream: HubStream, messages: readonly OpenedMessage[]) => void
  /** Takes what shops say of themselves, the newest of each. */
  readonly hear: (message: OpenedMessage) => void
  readonly onFault: (cause: unknown) => void
}

const atOnce = 200
const expiresMs = 1000
const patienceMs = 5000
const againMs = 1000

/** Follows a hub's streams, over one connection that is made again whenever it breaks. */
export function followHub(parts: FollowParts): HubFollower {
  const { address, authority, seed, onFault } = parts
  const key = keyOf(seed)
  const line: Line = openLine({ address, authority, seed, key, random: Math.random, onFault })
  const opener = createOpener(parts.root)
  const closing = new AbortController()
  const pause = createPause()
  let behind: number | null = null
  let restarts = 0
  const loops = [keepUp(followRecords), keepUp(followHealth)]
  const stop = line.onUp(() => pause.wake())

  async function keepUp(follow: (of: NatsConnection) => Promise<void>): Promise<void> {
    while (!closing.signal.aborted) {
      const connection = line.session()?.connection
      if (connection !== undefined)
        await follow(connection).catch((cause: unknown) => {
          if (!connection.isClosed()) onFault(cause)
        })
      if (!closing.signal.aborted) await pause.for(againMs)
    }
  }

  async function followRecords(connection: NatsConnection): Promise<void> {
    const turn = restarts
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: patienceMs })
    const { created, state } = await manager.streams.info(hubStreams.records)
    const stream: HubStream = { id: created, lastSequence: state.last_seq }
    const consumer = await ordered(jetstream(connection), hubStreams.records, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: parts.start(stream) + 1,
    })
    behind = (await consumer.info()).num_pending
    while (isUsed(connection) && isTurn(turn)) {
      const messages = await fetchSome(consumer)
      const last = messages.at(-1)
      if (last === undefined) continue
      parts.take(stream, messages.map(opener))
      behind = last.info.pending
    }
    behind = null
  }

  async function followHealth(connection: NatsConnection): Promise<void> {
    const consumer = await ordered(jetstream(connection), hubStreams.health, {
      deliver_policy: DeliverPolicy.LastPerSubject,
      filter_subjects: ['health.*'],
    })
    while (isUsed(connection))
      for (const message of await fetchSome(consumer)) parts.hear(opener(message))
  }

  function isTurn(turn: number): boolean {
    return turn === restarts
  }

  function isUsed(connection: NatsConnection): boolean {
    return !closing.signal.aborted && line.session()?.connection === connection
  }

  return {
    state: () => line.state(),
    behind: () => behind,
    restart() {
      restarts += 1
    },
    async close() {
      closing.abort()
      stop()
      pause.wake()
      await line.close()
      await Promise.all(loops)
    },
  }
}

type Ordered = Parameters<JetStreamClient['consumers']['get']>[1]

/** A consumer of this connection alone, which the server forgets soon after it. */
function ordered(
  client: JetStreamClient,
  stream: string,
  of: Exclude<Ordered, string | undefined>,
) {
  return client.consumers.get(stream, { ...of, inactive_threshold: 30_000_000_000 })
}

async function fetchSome(consumer: Consumer): Promise<JsMsg[]> {
  const found: JsMsg[] = []
  const fetched = await consumer.fetch({ max_messages: atOnce, expires: expiresMs })
  for await (const message of fetched) {
    found.push(message)
    // What has come is taken now, and not once there is more.
    if (message.info.pending === 0) break
  }
  return found
}

/** The key of each shop follows from the office's secret, so that no list of shops is needed. */
function createOpener(root: Uint8Array): (message: JsMsg) => OpenedMessage {
  const sealings = new Map<string, OfficeSealing>()
  return ({ subject, data, seq, time }) => {
    const shop = shopOfSubject(subject)
    const sealing = sealings.get(shop) ?? createOfficeSealing(sealKeyOf(root, shop))
    sealings.set(shop, sealing)
    return { shop, sequence: seq, at: time.getTime(), value: openedOrNull(sealing, subject, data) }
  }
}

function openedOrNull(sealing: OfficeSealing, subject: string, data: Uint8Array): unknown {
  try {
    return sealing.open(subject, data)
  } catch {
    // Sealed under the right key, and yet nothing that this program packs.
    return null
  }
}
