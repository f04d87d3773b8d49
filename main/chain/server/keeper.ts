import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Line } from '../line.ts'
import { gateSubject, leaveSubject, readySubject, streamNames, tillOfSubject } from '../names.ts'
import type { Session } from '../session.ts'
import { silent } from '../within.ts'
import type { StorageLimits } from './configuration.ts'
import type { KeeperState, RosteredTill } from './keeper-file.ts'
import { journalStream, locksStream } from './streams.ts'

/*
 * Makes the streams, names each incarnation of the locks, and opens it once every till has brought what it had won before
 * (docs/decisions/0060-a-server-that-lost-its-disk.md).
 */

/** Why the locks were begun anew. `store-lost`: they were not there. `store-went-back`: an older copy was. `asked`: a person. */
export type LossReason = 'store-lost' | 'store-went-back' | 'asked'

export interface GateView {
  /** `null` while the server does not answer. */
  readonly incarnation: string | null
  readonly isOpen: boolean
  /** The tills that have not brought their claims yet. Empty once it is open. */
  readonly missing: readonly RosteredTill[]
  /** Of this start. */
  readonly lastLoss: LossReason | null
}

export interface Keeper {
  gate(): GateView
  /** A person says that the missing tills bring nothing. Returns false where the server does not answer. */
  open(): Promise<boolean>
  /**
   * Begins the locks anew: what was won is brought again, everything else is forgotten. `withJournal`: the journal too, which nobody
   * can read under a new key. Returns false as `open` does.
   */
  renew(withJournal: boolean): Promise<boolean>
  /** To be called after the roster has changed. */
  look(): void
  close(): Promise<void>
}

interface KeeperParts {
  readonly line: Line
  readonly limits: StorageLimits
  readonly state: () => KeeperState
  readonly save: (change: Partial<KeeperState>) => void
  /** Epoch milliseconds. */
  readonly clock: () => number
  /** The locks are those that the keeper knows, or new ones: tills may come. */
  readonly onChecked: () => void
  /** The till with this key leaves. Only its own connection can say so. */
  readonly onLeft: (key: string) => void
  readonly onFault: (cause: unknown) => void
}

const patienceMs = 5000
const everyMs = 1000
const settleMs = 20
const noteMs = 10_000
const renewMs = 10_000
const againMs = 200
const timeDigits = 12
const noAnswer = "the shop's server does not answer"
const closed: GateView = { incarnation: null, isOpen: false, missing: [], lastLoss: null }

export function startKeeper(parts: KeeperParts): Keeper {
  const { line, limits, state, save, clock, onFault } = parts
  let view: GateView = closed
  let lastLoss: LossReason | null = null
  let isRenewing = false
  let isJournalRenewed = false
  let isClosed = false
  let running: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let seen: KeeperState['mark'] = null
  let notedAt = -Infinity
  const stop = line.onUp((session) => {
    // A till has brought its claims. It is announced before it is stored.
    session.announced('ready.>', () => setTimeout(look, settleMs))
    session.announced(leaveSubject('*'), (subject) => parts.onLeft(tillOfSubject(subject)))
    look()
  })

  function look(): void {
    if (isClosed) return
    if (timer !== null) clearTimeout(timer)
    timer = null
    running ??= keep()
      .catch((cause: unknown) => onFault(isReading(cause) ? new Error(noAnswer) : cause))
      .finally(() => {
        running = null
        if (!isClosed) timer ??= setTimeout(look, everyMs)
      })
  }

  async function keep(): Promise<void> {
    const session = line.session()
    if (session === null) {
      view = { ...closed, lastLoss }
      return
    }
    const incarnation = await ensureStreams(session)
    parts.onChecked()
    const isOpen = await isThere(session, gateSubject(incarnation))
    const missing = isOpen ? [] : await missingOf(session, incarnation)
    view = { incarnation, isOpen, missing, lastLoss }
    if (isOpen || missing.length > 0) return
    await session.publish(gateSubject(incarnation), new Uint8Array(), patienceMs)
    view = { ...view, isOpen: await isThere(session, gateSubject(incarnation)) }
  }

  /** Returns the present incarnation, which is begun here where there is none to go on with. */
  async function ensureStreams(session: Session): Promise<string> {
    const manager = await jetstreamManager(session.connection, {
      checkAPI: false,
      timeout: patienceMs,
    })
    const journal = await session.stream(streamNames.journal, patienceMs)
    if (journal === silent) throw new Error(noAnswer)
    if (journal !== null && isJournalRenewed) await manager.streams.delete(streamNames.journal)
    if (journal === null || isJournalRenewed)
      await manager.streams.add(journalStream(newId(clock(), journal?.id), limits))
    isJournalRenewed = false
    const locks = await session.stream(streamNames.locks, patienceMs)
    if (locks === silent) throw new Error(noAnswer)
    const { mark } = state()
    if (locks === null) return begin(manager, mark === null ? null : 'store-lost')
    const isOlder =
      mark !== null && (mark.incarnation !== locks.id || locks.lastSequence < mark.sequence)
    if (isOlder || isRenewing) {
      await manager.streams.delete(streamNames.locks)
      return begin(manager, isRenewing ? 'asked' : 'store-went-back')
    }
    seen = { incarnation: locks.id, sequence: locks.lastSequence }
    if (performance.now() - notedAt > noteMs) note()
    return locks.id
  }

  /** Not at every round, because the disk is written through. What it lags behind does no harm. */
  function note(): void {
    notedAt = performance.now()
    const { mark } = state()
    if (seen === null || seen.sequence === mark?.sequence) return
    save({ mark: seen })
  }

  async function begin(manager: JetStreamManager, why: LossReason | null): Promise<string> {
    const incarnation = newId(clock(), state().mark?.incarnation)
    // Known before it is there: a keeper that ends in between begins another one, and no locks are lost by it.
    seen = { incarnation, sequence: 0 }
    save({ mark: seen })
    await manager.streams.add(locksStream(incarnation, limits))
    lastLoss = why
    isRenewing = false
    return incarnation
  }

  async function missingOf(session: Session, incarnation: string): Promise<RosteredTill[]> {
    const { tills } = state()
    const ready = await Promise.all(
      tills.map(
        async ({ key, mustRejoin }) =>
          mustRejoin !== true && (await isThere(session, readySubject(incarnation, key))),
      ),
    )
    return tills.filter((_, index) => ready[index] !== true)
  }

  /** Waits for the round under way, and for one after it. */
  async function round(): Promise<void> {
    await running
    look()
    await running
  }

  return {
    gate: () => view,
    async open() {
      const session = line.session()
      const { incarnation } = view
      if (session === null || incarnation === null) return false
      await session.publish(gateSubject(incarnation), new Uint8Array(), patienceMs)
      await round()
      return view.isOpen
    },
    async renew(withJournal) {
      if (line.session() === null) return false
      isJournalRenewed = withJournal
      isRenewing = true
      // It may be reading its configuration just now, or be busy: the round after this one goes on with it.
      const until = performance.now() + renewMs
      for (;;) {
        await round()
        if (!isRenewing) return true
        if (isClosed || performance.now() > until) return false
        await pause(againMs)
      }
    },
    look,
    async close() {
      isClosed = true
      stop()
      if (timer !== null) clearTimeout(timer)
      await running
      note()
    },
  }
}

async function isThere(session: Session, subject: string): Promise<boolean> {
  const found = await session.last(streamNames.locks, subject, patienceMs)
  if (found === silent) throw new Error(noAnswer)
  return found !== null
}

/** Twelve digits of time and eight of chance, hexadecimal: greater than `before`, whatever the clock says. */
function newId(now: number, before: string | undefined): string {
  const known = before === undefined ? 0 : Number.parseInt(before.slice(0, timeDigits), 16)
  const time = Math.max(now, known + 1)
    .toString(16)
    .padStart(timeDigits, '0')
  return time + randomBytes(4).toString('hex')
}

/** Whether it has its streams away for the moment in which it reads its configuration. */
function isReading(cause: unknown): boolean {
  return cause instanceof Error && cause.name === 'JetStreamNotEnabled'
}
