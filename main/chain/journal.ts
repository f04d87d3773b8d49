import { backOffMs } from '../redemption/back-off.ts'
import { endsClaim, type JournalOutbox, type JournalRecord, newsIn } from '../redemption/journal.ts'
import type { Line } from './line.ts'
import { journalSubject, streamNames } from './names.ts'
import { isStored, release } from './releases.ts'
import type { ChainSealing } from './sealing.ts'
import type { Standing } from './standing.ts'

export interface JournalParts {
  readonly outbox: JournalOutbox
  readonly line: Line
  readonly standing: Standing
  readonly sealing: ChainSealing
  readonly key: string
  readonly tillId: string
  readonly random: () => number
  readonly onFault: (cause: unknown) => void
}

/** `behind`: the server does not take it now, and is asked again. */
export type JournalKind = 'sent' | 'sending' | 'behind'

export interface JournalSender {
  kind(): JournalKind
  close(): Promise<void>
}

const batchSize = 100
const patienceMs = 5000
const longestWaitMs = 60_000
/** How soon it is looked whether a connection that was silent answers again. */
const suspectMs = 1000

/**
 * Sends the records one after the other, so that they arrive in the order of the till. Each has a subject of its own, which takes
 * one message: a record whose answer was lost is refused when it is sent again, and found there.
 */
export function startJournal(parts: JournalParts): JournalSender {
  const { outbox, line, standing, onFault } = parts
  let kind: JournalKind = 'sent'
  let failures = 0
  let isClosed = false
  let isAskedAgain = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  const stops = [
    outbox.onAdded(() => {
      // Where the server does not take any, the next try is due by itself.
      if (timer === null) soon(0)
    }),
    standing.onKnown(() => {
      failures = 0
      soon(0)
    }),
  ]

  /** Never in the call that adds a record: a cashier may be waiting for that. */
  function soon(ms: number): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      timer = null
      run()
    }, ms)
  }

  function run(): void {
    if (isClosed) return
    if (line.session() === null) {
      // Nothing is read from the records for a server that is not there. A connection that is made anew begins it again.
      kind = 'behind'
      if (line.state() === 'up') soon(suspectMs)
      return
    }
    isAskedAgain = running !== null
    running ??= drain()
      .catch((cause: unknown) => {
        onFault(cause)
        return false
      })
      .then((isDone) => {
        running = null
        if (isClosed) return
        if (isDone) {
          failures = 0
          if (isAskedAgain) soon(0)
          return
        }
        kind = 'behind'
        failures += 1
        soon(backOffMs(failures, parts.random, longestWaitMs))
      })
  }

  /** Returns whether everything is sent. */
  async function drain(): Promise<boolean> {
    for (;;) {
      const records = outbox.next(batchSize)
      if (records.length === 0) {
        kind = 'sent'
        return true
      }
      if (kind !== 'behind') kind = 'sending'
      let arrived: JournalRecord | null = null
      let isWhole = true
      for (const record of records) {
        isWhole = !isClosed && (await send(parts, record))
        if (!isWhole) break
        arrived = record
      }
      if (arrived !== null) outbox.acknowledge(arrived.sequence)
      if (!isWhole) return false
    }
  }

  return {
    kind: () => kind,
    async close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      for (const stop of stops) stop()
      await running
    },
  }
}

/** Returns whether the record is at the server, and the claim that it ends is released there. */
async function send(parts: JournalParts, record: JournalRecord): Promise<boolean> {
  const { line, standing, sealing, key, tillId } = parts
  const session = line.session()
  const incarnation = standing.incarnation()
  if (session === null || incarnation === null) return false
  const { couponCode, stockId } = record
  if (endsClaim(record) && couponCode !== null) {
    const coupon = sealing.coupon({ couponCode, stockId })
    const number = sealing.number(record.useRequestNo)
    if (!(await release(session, incarnation, { coupon, number }, parts))) return false
  }
  const subject = journalSubject(key, record.id)
  const body = sealing.seal(subject, { tillId, news: newsIn(record), record })
  return isStored(session, streamNames.journal, subject, body, {
    timeoutMs: patienceMs,
    onFault: parts.onFault,
  })
}
