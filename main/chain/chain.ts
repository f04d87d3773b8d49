import type { JournalOutbox } from '../redemption/journal.ts'
import type { PeerRedemption } from '../redemption/peers.ts'
import type { Claim, ShopLock } from '../redemption/shop-lock.ts'
import type { AskParts } from './claims.ts'
import { startJournal, type JournalKind } from './journal.ts'
import { openLine, type LineState } from './line.ts'
import { createShopLock } from './lock.ts'
import { type ChainMemory, remember } from './memory.ts'
import { followNews } from './news.ts'
import { sendReleases } from './releases.ts'
import { createChainSealing } from './sealing.ts'
import type { Session } from './session.ts'
import { leaveSubject } from './names.ts'
import { keyOf } from './till-key.ts'
import { silent, within } from './within.ts'
import { keepStanding, type StandingKind } from './standing.ts'

/** How it is with the shop's server, for the screen and the log. */
export interface ChainHealth {
  readonly line: LineState
  readonly standing: StandingKind
  readonly journal: JournalKind
}

export interface ChainParts {
  /** `host:port` of the shop's server. */
  readonly address: string
  /** The certificate of the shop's authority, PEM. */
  readonly authority: string
  /** The seed of this till's nkey. */
  readonly seed: string
  readonly chainKey: Uint8Array
  readonly tillId: string
  readonly memory: ChainMemory
  readonly outbox: JournalOutbox
  /** Claims that were won and whose redemptions are open. */
  readonly heldClaims: () => readonly Claim[]
  readonly hear: (peers: readonly PeerRedemption[]) => void
  readonly random: () => number
  readonly onFault: (cause: unknown) => void
}

export interface Chain {
  readonly lock: ShopLock
  health(): ChainHealth
  /** Tells the server that this till leaves. Returns whether it was there to hear it. */
  leave(): Promise<boolean>
  close(): Promise<void>
}

const leaveMs = 2000

/** Joins this till to the others of its shop. Returns at once: without the server there are no answers, and nobody waits. */
export function openChain(parts: ChainParts): Chain {
  const { seed, tillId, random, onFault } = parts
  const key = keyOf(seed)
  const sealing = createChainSealing(parts.chainKey)
  const remembered = remember(parts.memory, onFault)
  const { address, authority } = parts
  const line = openLine({ address, authority, seed, key, random, onFault })
  const asking = (session: Session, incarnation: string, timeoutMs: number): AskParts => ({
    session,
    sealing,
    incarnation,
    tillId,
    deadline: performance.now() + timeoutMs,
    onUnreadable,
    onRefused: (detail) => onFault(new Error(`the shop's server stores no claim: ${detail}`)),
    onStored: (sequence) => standing.seen(sequence),
  })
  const standing = keepStanding({
    line,
    key,
    remembered,
    heldClaims: parts.heldClaims,
    asking,
    onFault,
  })
  const releases = sendReleases({ line, standing, sealing, remembered, onFault })
  const lock = createShopLock({ line, standing, releases, asking, onFault })
  const journal = startJournal({
    outbox: parts.outbox,
    line,
    standing,
    sealing,
    key,
    tillId,
    random,
    onFault,
  })
  const news = followNews({
    line,
    standing,
    sealing,
    key,
    remembered,
    hear: parts.hear,
    onUnreadable,
    onFault,
  })

  function onUnreadable(subject: string): void {
    onFault(new Error(`a message of the shop is not sealed with this chain's key: ${subject}`))
  }

  return {
    lock,
    health: () => ({ line: line.state(), standing: standing.kind(), journal: journal.kind() }),
    async leave() {
      const { connection } = line.session() ?? {}
      if (connection === undefined) return false
      connection.publish(leaveSubject(key))
      return (await within(leaveMs, connection.flush())) !== silent
    },
    async close() {
      standing.close()
      releases.close()
      const closing = [journal.close(), news.close()]
      await line.close()
      await Promise.all(closing)
      remembered.flush()
    },
  }
}
