import type { PeerRedemption } from '../redemption/peers.ts'
import type { Line } from './line.ts'
import type { Remembered } from './memory.ts'
import { JournalBody } from './messages.ts'
import { streamNames, tillOfSubject } from './names.ts'
import { createPause } from './pause.ts'
import type { ChainSealing } from './sealing.ts'
import type { Session, StoredMessage } from './session.ts'
import type { Standing } from './standing.ts'
import { silent } from './within.ts'

export interface NewsParts {
  readonly line: Line
  readonly standing: Standing
  readonly sealing: ChainSealing
  readonly key: string
  readonly remembered: Remembered
  /** Called again with what was told before, after a restart: to be told twice changes nothing. */
  readonly hear: (peers: readonly PeerRedemption[]) => void
  /** A record that no till of this chain can read. */
  readonly onUnreadable: (subject: string) => void
  readonly onFault: (cause: unknown) => void
}

const patienceMs = 3000
/** A message may be announced before it is stored. */
const settleMs = 20
/** Whether announced or not: an announcement may be lost. */
const everyMs = 500
const afterFaultMs = 5000
/** At once, so that a till that was off for days still redeems meanwhile. */
const batchSize = 50

/**
 * Reads the journal of the shop's tills from where it was read before. That includes this till's own records: what it did in a
 * time that its file lost comes back to it so. The server keeps no place for a till, so that nothing there can be lost, and a
 * till needs no right but to read.
 */
export function followNews(parts: NewsParts): { close(): Promise<void> } {
  const { line, standing, remembered, key, onFault } = parts
  const closing = new AbortController()
  let current: Session | null = null
  const pause = createPause()

  const stop = line.onUp((session) => {
    current = session
    session.announced('journal.*.*', (subject) => {
      if (tillOfSubject(subject) !== key) setTimeout(() => pause.wake(), settleMs)
    })
    pause.wake()
  })
  const working = follow()

  async function follow(): Promise<void> {
    while (!closing.signal.aborted) {
      const session = current
      let hasMore = false
      try {
        if (session !== null && !session.connection.isClosed()) hasMore = await readSome(session)
      } catch (cause) {
        // The till's own records could not be written: read again from the same place.
        onFault(cause)
        await pause.for(afterFaultMs)
      }
      // Between two batches a cashier's scan comes first.
      await pause.for(hasMore ? 0 : everyMs)
    }
  }

  /** Returns whether there is more. */
  async function readSome(session: Session): Promise<boolean> {
    const from = await place(session)
    if (from === null) return false
    const heard: PeerRedemption[] = []
    let { sequence } = from
    let count = 0
    for (; count < batchSize && !closing.signal.aborted; count += 1) {
      const message = await session.journalFrom(sequence + 1, patienceMs)
      if (message === silent || message === null) break
      ;({ sequence } = message)
      const peer = told(message)
      if (peer !== null) heard.push(peer)
    }
    if (heard.length > 0) parts.hear(heard)
    if (count > 0) remembered.change({ news: { journal: from.journal, sequence } })
    return count === batchSize
  }

  /**
   * A journal that was made anew is read from its beginning, and so is one of another incarnation: its end may have been lost, and
   * what is new have the numbers of what was read before.
   */
  async function place(session: Session): Promise<{ journal: string; sequence: number } | null> {
    const incarnation = standing.incarnation()
    const facts = await session.stream(streamNames.journal, patienceMs)
    if (facts === silent || facts === null || incarnation === null) return null
    const journal = `${facts.id} ${incarnation}`
    const { news } = remembered.get()
    const isSame = news !== null && news.journal === journal && news.sequence <= facts.lastSequence
    return isSame ? news : { journal, sequence: 0 }
  }

  function told(message: StoredMessage): PeerRedemption | null {
    const opened = JournalBody.safeParse(parts.sealing.open(message.subject, message.data))
    if (!opened.success) {
      parts.onUnreadable(message.subject)
      return null
    }
    const { tillId, news, record } = opened.data
    const { couponCode, stockId, useRequestNo, at } = record
    if (news === null || couponCode === null) return null
    return { state: news, couponCode, stockId, tillId, useRequestNo, at }
  }

  return {
    async close() {
      closing.abort()
      stop()
      pause.wake()
      await working
    },
  }
}
