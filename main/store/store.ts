import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { Change, NotSaved, RedemptionStore } from '../redemption/ports.ts'
import { openHandOver, usualCost } from './hand-over.ts'
import { HandOverTable } from './hand-over-table.ts'
import { lostTimeAt } from './lost-time.ts'
import { PeerTable } from './peer-table.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { z } from 'zod'
import type { SettingsStore, ShiftStore, StaffStore } from '../shop/ports.ts'
import { AuditChain } from './audit-chain.ts'
import { writeBackup } from './backup.ts'
import { type OpenedDatabase, openDatabase } from './database.ts'
import { Erasure } from './erasure.ts'
import { HistoryIndex } from './history-index.ts'
import { InsightsQuery } from './insights-query.ts'
import { ShiftQuery } from './shift-query.ts'
import { createHistory, type History } from './history-query.ts'
import type { Rescue } from './rescue.ts'
import { Recording } from './recording.ts'
import { RedemptionRow } from './redemption-row.ts'
import { isConflict, notSavedOf, type StoreFault } from './store-fault.ts'
import { RedemptionTable } from './redemption-table.ts'
import { type ReplayLesson, replayLessons } from '../redemption/replay-lesson.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import { createSealing, type Sealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'
import { ShiftTable } from './shift-table.ts'
import { StaffTable } from './staff-table.ts'
import { StockChoiceTable } from './stock-choice-table.ts'
import { StockTable } from './stock-table.ts'
import { ToldQuery } from './told-query.ts'

const Lesson = z.enum(replayLessons)

export interface Store extends RedemptionStore {
  /** Not null when the file was found damaged: a person must be told what was saved and where the rest is. */
  readonly rescue: Rescue | null
  readonly history: History
  readonly insights: InsightsQuery
  readonly shiftFigures: ShiftQuery
  readonly staff: StaffStore
  readonly shifts: ShiftStore
  readonly settings: SettingsStore
  /** Whether the audit trail is as this program wrote it. Takes a while on a large file, and works in the background. */
  isAuditIntact(): Promise<boolean>
  /**
   * Erases code, request bodies and openid of what was decided before `before`; sums and recall stay. Both instants by a
   * clock that WeChat Pay has confirmed. Says how many; works in the background.
   */
  eraseSettledBefore(before: number, at: number): Promise<number>
  /** All there are. */
  redemptions(): number
  /** Names the key that the rows are sealed under. */
  readonly keyId: string
  /** Writes a copy as it stands now. Throws when it cannot be written, or is not whole. */
  backUp(file: string): Promise<void>
  close(): void
}

interface StoreOptions {
  readonly file: string
  /** 32 bytes, kept in the keychain. Rows of another key stay in the file, unreadable, until theirs is back. */
  readonly dataKey: Uint8Array
  /** Length that the write-ahead log is given beforehand; what SQLite lets it grow to by itself when absent. */
  readonly logBytes?: number
  /** What a guess at a hand-over's password costs; the usual when absent. See `hand-over.ts`. */
  readonly handOverCost?: number
}

/** SQLite's own 1000 pages, after which the log starts over. */
export const usualLogBytes = 4_120_000

/** The till's store on one SQLite file. Every change is one transaction together with its audit row. */
export function openStore({
  file,
  dataKey,
  logBytes = usualLogBytes,
  handOverCost = usualCost,
}: StoreOptions): Result<Store, StoreFault> {
  const opened = openDatabase(file, logBytes)
  if (!opened.ok) return opened
  return ok(storeOn(opened.value, createSealing(dataKey), handOverCost))
}

function storeOn(
  { database, rescue }: OpenedDatabase,
  sealing: Sealing,
  handOverCost: number,
): Store {
  const table = new RedemptionTable(database, sealing)
  const chain = new AuditChain(database, sealing)
  const stocks = new StockTable(database)
  const index = new HistoryIndex(database)
  const erasure = new Erasure(database, sealing, chain)
  const peers = new PeerTable(database, sealing)
  const replays = new SettingTable<ReplayLesson>(database, sealing, 'replays')

  const rows = new RedemptionRow(sealing)
  const recording = new Recording(database, { table, rows, chain })

  // Made once: to wrap a function as a transaction costs as much as to write a page.
  const updateAll = database.transaction(
    (changes: readonly { redemption: Redemption; audits: readonly AuditEntry[] }[]) => {
      for (const { redemption, audits } of changes) {
        table.update(redemption)
        for (const audit of audits) chain.append(redemption.useRequestNo, audit)
      }
      chain.close()
    },
  )
  const note = database.transaction((useRequestNo: string, audit: AuditEntry) => {
    chain.append(useRequestNo, audit)
    chain.close()
  })
  const replace = database.transaction((ended: Change, fresh: Change) => {
    table.update(ended.redemption)
    for (const audit of ended.audits) chain.append(ended.redemption.useRequestNo, audit)
    table.insert(fresh.redemption)
    for (const audit of fresh.audits) chain.append(fresh.redemption.useRequestNo, audit)
    chain.close()
  })
  const choices = new StockChoiceTable(database)
  const told = new ToldQuery(database, sealing)

  const handOvers = new HandOverTable(database, table, chain, handOverCost)
  const countAll = database.prepare('SELECT count(*) FROM redemption').pluck()
  const handOver = database.transaction(handOvers.give.bind(handOvers))
  const takeOver = database.transaction(handOvers.take.bind(handOvers))

  function orForget<T>(change: () => T): T {
    try {
      return change()
    } catch (cause) {
      chain.forget()
      throw cause
    }
  }

  return {
    rescue,
    history: createHistory(database, index, rows, sealing),
    insights: new InsightsQuery(database, index),
    shiftFigures: new ShiftQuery(database, index),
    staff: new StaffTable(database, sealing),
    shifts: new ShiftTable(database),
    settings: new SettingTable<ShopSettings>(database, sealing, 'shop'),
    insert(redemption, audit) {
      try {
        return ok(orForget(() => recording.write(redemption, audit)))
      } catch (cause) {
        return orThrow(cause)
      }
    },
    saveAll(changes) {
      try {
        return ok(orForget(() => updateAll.immediate(changes)))
      } catch (cause) {
        return orThrow(cause)
      }
    },
    update: (redemption, ...audits) =>
      orForget(() => updateAll.immediate([{ redemption, audits }])),
    updateAll: (changes) => orForget(() => updateAll.immediate(changes)),
    note(useRequestNo, audit) {
      try {
        return ok(orForget(() => note.immediate(useRequestNo, audit)))
      } catch (cause) {
        return orThrow(cause)
      }
    },
    replace(ended, fresh) {
      try {
        return ok(orForget(() => replace.immediate(ended, fresh)))
      } catch (cause) {
        return orThrow(cause)
      }
    },
    lastTold: () => told.last(),
    lostTimeAt: () => lostTimeAt(database),
    findByCode: (couponCode, stockId = null) => table.findByCode(couponCode, stockId),
    find: (useRequestNo) => table.find(useRequestNo),
    due: (now, limit, except = [], reach = 'due') => table.due(now, limit, except, reach),
    nextDueAt: () => table.nextDueAt(),
    recent: (limit) => table.recent(limit),
    auditRows: () => chain.head().rows,
    counts: () => table.counts(),
    unsettled: () => table.unsettled(),
    inReview: (limit) => table.inReview(limit),
    openHonoured: (unknownFen, except = '') => table.openHonoured(unknownFen, except),
    held: (limit) => table.held(limit),
    nextHeldUntil: () => table.nextHeldUntil(),
    chosenStock: (among) => choices.find(among),
    chooseStock: (among, stockId) => choices.save(among, stockId),
    stocks: () => stocks.all(),
    findStock: (stockId) => stocks.find(stockId),
    stockFetchedAt: (stockId) => stocks.fetchedAt(stockId),
    saveStock: (stock, at) => stocks.save(stock, at),
    handOver: (password, audit) => orForget(() => handOver.immediate(password, audit)),
    handOvers: () => handOvers.list(),
    handOverAgain: (id) => handOvers.again(id),
    takeOver(sealed, password, audit, here) {
      const opened = openHandOver(sealed, password)
      if (!opened.ok) return opened
      try {
        return orForget(() => takeOver.immediate(opened.value, audit, here))
      } catch (cause) {
        // A number of a return, say, that is another redemption's here.
        if (isConflict(cause)) return err({ code: 'unreadable' })
        throw cause
      }
    },
    siblings: (redemption) => table.siblings(redemption),
    replayLesson: () => Lesson.safeParse(replays.read()).data ?? null,
    saveReplayLesson: (lesson) => replays.write(lesson),
    savePeer: (peer) => peers.save(peer),
    findPeer: (couponCode, stockId) => peers.find(couponCode, stockId),
    isAuditIntact: () => chain.isIntact(),
    redemptions: () => z.number().parse(countAll.get()),
    keyId: sealing.keyId,
    backUp: (file) => writeBackup(database, file),
    eraseSettledBefore: (before, at) => erasure.settledBefore(before, at),
    close: () => {
      database.pragma('wal_checkpoint(TRUNCATE)')
      database.close()
    },
  }
}

/** A failure that a till has to live with; everything else is a bug. */
function orThrow(cause: unknown): Result<never, NotSaved> {
  const notSaved = notSavedOf(cause)
  if (notSaved === undefined) throw cause
  return err(notSaved)
}
