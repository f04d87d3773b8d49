import type { Claim } from '../redemption/shop-lock.ts'
import { claimAt, type AskParts } from './claims.ts'
import { createListeners } from '../redemption/listeners.ts'
import type { Line } from './line.ts'
import type { Remembered } from './memory.ts'
import { gateSubject, readySubject, streamNames } from './names.ts'
import type { Session, StreamFacts } from './session.ts'
import { type Silent, silent } from './within.ts'

/*
 * Which disk of the server this is (docs/decisions/0060-a-server-that-lost-its-disk.md). Locks of an incarnation count; one that is
 * new gets the claims that were won in the one before, and grants nothing else until the keeper opens it.
 */

/**
 * `absent`: no answer yet, or no locks there. `went-back`: the server has less than this till has seen: an older copy.
 * `gathering`: a new incarnation that is not open yet. `open`: it grants claims.
 */
export type StandingKind = 'absent' | 'went-back' | 'gathering' | 'open'

export interface Standing {
  kind(): StandingKind
  /** The incarnation whose subjects may be written and read; `null` while none is known. */
  incarnation(): string | null
  /** Calls the listener when it is known which incarnation this is. Returns how to stop it. */
  onKnown(listener: () => void): () => void
  /** A lock was stored under this sequence. */
  seen(sequence: number): void
  close(): void
}

export interface StandingParts {
  readonly line: Line
  /** This till's public nkey. */
  readonly key: string
  readonly remembered: Remembered
  /** Claims that were won and whose redemptions are open. */
  readonly heldClaims: () => readonly Claim[]
  /** What asking about a claim needs, in this incarnation. */
  readonly asking: (session: Session, incarnation: string, timeoutMs: number) => AskParts
  readonly onFault: (cause: unknown) => void
}

const patienceMs = 3000
const againMs = 1000
/** The keeper can make the locks anew while everybody stays connected. */
const checkMs = 5000

export function keepStanding(parts: StandingParts): Standing {
  const { line, remembered } = parts
  const known = createListeners()
  let kind: StandingKind = 'absent'
  let incarnation: string | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  /** Of each connection: what belongs to one that has gone changes nothing any more. */
  let current: Session | null = null

  const stop = line.onUp((session) => {
    current = session
    // Until it is known that this is the server of before.
    kind = 'absent'
    session.announced('gate.*', () => look(session))
    look(session)
  })

  function look(session: Session): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    stand(session).then(
      (isSettled) => again(session, isSettled),
      (cause: unknown) => {
        parts.onFault(cause)
        again(session, false)
      },
    )
  }

  function again(session: Session, isSettled: boolean): void {
    if (isClosed || session !== current || session.connection.isClosed()) return
    timer ??= setTimeout(() => look(session), isSettled ? checkMs : againMs)
  }

  /** Returns whether it is open, or of no concern any more. */
  async function stand(session: Session): Promise<boolean> {
    // As it is before the question, because a claim may be stored while the answer is on its way.
    const { pin } = remembered.get()
    const facts = await session.stream(streamNames.locks, patienceMs)
    if (session !== current) return true
    if (facts === silent || facts === null) return become('absent', null)
    const isSame = pin !== null && pin.incarnation === facts.id
    const isOlder = pin !== null && facts.id < pin.incarnation
    if (isOlder || (isSame && facts.lastSequence < pin.sequence)) return become('went-back', null)
    // Its subjects are written from here on: nothing but what was won before, until it is open.
    if (kind !== 'open' || incarnation !== facts.id) become('gathering', facts.id)
    if (!isSame && !(await reassert(session, facts))) return false
    const gate = await isOpen(session, facts.id)
    if (session !== current || gate === silent) return false
    if (!gate) {
      const subject = readySubject(facts.id, parts.key)
      await session.publish(subject, new Uint8Array(), patienceMs)
    }
    become(gate ? 'open' : 'gathering', facts.id)
    return gate
  }

  /** Returns whether every claim has been answered. The pin is moved only then, so that a break begins it again. */
  async function reassert(session: Session, facts: StreamFacts): Promise<boolean> {
    for (const claim of parts.heldClaims()) {
      const asking = parts.asking(session, facts.id, patienceMs)
      const result = await claimAt(asking, claim)
      if (session !== current) return false
      if (result.outcome === 'unanswered') return false
      // Lost: a person opened the incarnation without this till. The domain hears it when it asks for the claim again.
    }
    const pin = { incarnation: facts.id, sequence: facts.lastSequence }
    remembered.change({ pin }, true)
    return true
  }

  function become(next: StandingKind, of: string | null): false {
    const isNews = of !== null && (incarnation !== of || kind === 'absent')
    kind = next
    incarnation = of
    if (isNews) known.tell()
    return false
  }

  return {
    kind: () => (line.session() === null ? 'absent' : kind),
    incarnation: () => incarnation,
    onKnown: known.add,
    seen(sequence) {
      const { pin } = remembered.get()
      if (pin !== null && pin.incarnation === incarnation && sequence > pin.sequence)
        remembered.change({ pin: { ...pin, sequence } })
    },
    close() {
      isClosed = true
      current = null
      if (timer !== null) clearTimeout(timer)
      stop()
    },
  }
}

async function isOpen(session: Session, incarnation: string): Promise<boolean | Silent> {
  const found = await session.last(streamNames.locks, gateSubject(incarnation), patienceMs)
  return found === silent ? silent : found !== null
}
