import { ok, type Result } from '../contract/result.ts'
import type { ShopSettings } from '../contract/shop-settings.ts'
import type { AuditEntry } from '../redemption/audit-entry.ts'
import type { TillStore } from '../redemption/ports.ts'
import type { ReplayLesson } from '../redemption/replay-lesson.ts'
import type { SettingsStore, ShiftStore, StaffRecord, StaffStore } from '../shop/ports.ts'
import { AuditChain } from './audit-chain.ts'
import { writeBackup } from './backup.ts'
import { BookingDigests } from './booking-digests.ts'
import { coveredSettings, coveredShifts, coveredStaff } from './covered-tables.ts'
import { type OpenedDatabase, openDatabase, rebuildDatabase } from './database.ts'
import { Erasure } from './erasure.ts'
import { ExportedHandOvers } from './exported-hand-overs.ts'
import { defaultScryptCost } from './hand-over.ts'
import { HandOverTable } from './hand-over-table.ts'
import { forgetSetAside } from './files-beside.ts'
import { HistoryIndex } from './history-index.ts'
import { createHistory, type History } from './history-query.ts'
import { JournalCursor } from './journal-cursor.ts'
import { InsightsQuery } from './insights-query.ts'
import { LateBookings } from './late-bookings.ts'
import { LedgerQuery } from './ledger-query.ts'
import { LostTimeQuery } from './lost-time.ts'
import { OpenRedemptionQuery } from './open-redemption-query.ts'
import { PeerTable } from './peer-table.ts'
import { PosTable } from './pos-table.ts'
import { RedemptionReader } from './redemption-reader.ts'
import { RedemptionRow } from './redemption-row.ts'
import { RedemptionTable } from './redemption-table.ts'
import { RedemptionWriter } from './redemption-writer.ts'
import type { Rescue } from './rescue.ts'
import { RowCheck } from './row-check.ts'
import { type ScopeOf, scopeOf } from './scope.ts'
import { createSealing, type Sealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'
import { type ShopIdentity, ShopSeal } from './shop-seal.ts'
import { ShiftQuery } from './shift-query.ts'
import { ShiftTable } from './shift-table.ts'
import { StaffTable } from './staff-table.ts'
import { StockChoiceTable } from './stock-choice-table.ts'
import { StockTable } from './stock-table.ts'
import { saving, type StoreFault } from './store-fault.ts'
import { ToldQuery } from './told-query.ts'

/*
 * main/store keeps the till's records: one SQLite file, its schema, and the formats of the files that leave it (backups
 * and hand-overs). Here live SQL, encryption of columns, the audit chain, and the repair of damaged files. No rule
 * about coupons, money or persons lives here (main/redemption and main/shop decide; their ports.ts say what they need
 * of a store), and nothing of Electron, the network or the screen. Expected failures are values `{ code }`, called
 * `…Fault`.
 */

/** What a person has taken as it is, although it did not fit. */
interface TakenAsIs {
  /** These alone are left of the staff; `null`: all stay. */
  readonly staff: readonly StaffRecord[] | null
}

/** The records in one file, by subject. Each subject is an object that reads and writes its own tables. */
export interface Store extends TillStore {
  readonly redemptions: RedemptionTable
  readonly audit: AuditChain
  readonly erasure: Erasure
  /** What the shop's server has not acknowledged yet, of a till in a shop of several. */
  readonly journal: JournalCursor
  readonly history: History
  readonly insights: InsightsQuery
  readonly shiftRows: ShiftQuery
  readonly ledger: LedgerQuery
  readonly scopeOf: ScopeOf
  /** What was kept of each shift when it was closed. */
  readonly keptReports: Pick<ShiftTable, 'kept'>
  readonly staff: StaffStore
  readonly shifts: ShiftStore
  readonly settings: SettingsStore
  /** What a POS asked for, and which may ask. */
  readonly pos: PosTable
  /** Vouches for staff, settings, shifts and late bookings as they were saved last. */
  readonly shopSeal: ShopSeal
  /**
   * Vouches for the file as it is, with an audit row that says why. Redemptions and late bookings that have no digest yet are
   * given one.
   */
  vouch(identity: ShopIdentity, audit: AuditEntry, taken: TakenAsIs | null): void
  /** The highest time at which WeChat Pay signed a verified reply, epoch milliseconds. */
  readonly verifiedTime: SettingTable<number>
  /** What was saved from a damaged file, of which a person must be told; `null` when the file was undamaged. */
  readonly rescue: Rescue | null
  /** Holds the redemptions and the late bookings against their digests, and the redemptions against the audit trail. */
  readonly rowCheck: Pick<RowCheck, 'fits'>
  /** Identifies the key that the rows are encrypted with. */
  readonly keyId: string
  /** Writes a copy of the file as it is now. Throws when it cannot be written or fails the check. */
  backUp(file: string): Promise<void>
  /** Deletes damaged and replaced files that were set aside before `before`, epoch milliseconds. Throws when the disk refuses. */
  forgetSetAside(before: number): void
  close(): void
}

interface StoreOptions {
  readonly file: string
  /** 32 bytes, kept in the keychain. Rows of another key stay in the file and cannot be read with this one. */
  readonly dataKey: Uint8Array
  /** Copies the records into a new file first, because the schema of this one is not the program's. */
  readonly rebuild?: boolean
  /** The length in bytes that the write-ahead log is given beforehand; `usualLogBytes` when absent. */
  readonly logBytes?: number
  /** How much work each guess at a hand-over file's password takes; `defaultScryptCost` when absent. */
  readonly handOverCost?: number
}

/** SQLite overwrites its log from the beginning after 1000 pages, which are this long. */
export const usualLogBytes = 4_120_000

/**
 * Opens the till's records. Fails when the file cannot be used. A redemption is changed in one transaction with its
 * audit row.
 */
export function openStore({
  file,
  dataKey,
  logBytes = usualLogBytes,
  handOverCost = defaultScryptCost,
  rebuild = false,
}: StoreOptions): Result<Store, StoreFault> {
  const opened = rebuild ? rebuildDatabase(file) : openDatabase(file, logBytes)
  if (!opened.ok) return opened
  return ok({
    ...storeOn(opened.value, createSealing(dataKey), handOverCost),
    forgetSetAside: (before) => forgetSetAside(file, before),
  })
}

function storeOn(
  { database, rescue }: OpenedDatabase,
  sealing: Sealing,
  handOverCost: number,
): Omit<Store, 'forgetSetAside'> {
  const chain = new AuditChain(database, sealing)
  const index = new HistoryIndex(database)
  const lostTime = new LostTimeQuery(database)
  const rows = new RedemptionRow(sealing)
  const reader = new RedemptionReader(database, rows)
  const shopSeal = new ShopSeal(database, sealing)
  const digests = new BookingDigests(database, sealing)
  shopSeal.beginBookings(() => digests.bind(false))
  const late = new LateBookings(database, {
    findStock: (stockId) => stocks.find(stockId),
    digests,
    seal: shopSeal,
  })
  const stocks = new StockTable(database, (stock, at) => late.describe(stock, at))
  const writer = new RedemptionWriter(database, rows, late)
  const redemptions = new RedemptionTable(database, sealing, { rows, reader, writer, chain })
  const open = new OpenRedemptionQuery(database, sealing.keyId, reader)
  const rowCheck = new RowCheck(database, { sealing, rows, bookings: digests })
  rows.mustHaveMac = shopSeal.read() !== null
  const staff = new StaffTable(database, sealing)
  const shifts = new ShiftTable(database, sealing)
  const shiftRows = new ShiftQuery(database, index, shifts)
  const scope: ScopeOf = (place, times) => scopeOf({ shiftRows, shifts }, place, times)
  const deleteStaff = database.prepare('DELETE FROM staff')
  return {
    redemptions,
    open,
    stocks,
    stockChoices: new StockChoiceTable(database),
    handOvers: new HandOverTable({
      exported: new ExportedHandOvers(database, sealing),
      redemptions,
      open,
      writer,
      chain,
      lostTime,
      cost: handOverCost,
    }),
    audit: chain,
    told: new ToldQuery(database, sealing),
    lostTime,
    replayLesson: new SettingTable<ReplayLesson>(database, sealing, 'replays'),
    lastContact: new SettingTable<number>(database, sealing, 'last-contact'),
    verifiedTime: new SettingTable<number>(database, sealing, 'verified-time'),
    peers: new PeerTable(database, sealing),
    pos: new PosTable(database, sealing, shopSeal),
    journal: new JournalCursor(database, sealing, { chain, reader }),
    erasure: new Erasure(database, sealing, chain, rows),
    history: createHistory(database, { index, rows, sealing, scopeOf: scope }),
    insights: new InsightsQuery(database, index),
    shiftRows,
    scopeOf: scope,
    ledger: new LedgerQuery(database),
    keptReports: shifts,
    staff: coveredStaff(staff, shopSeal),
    shifts: coveredShifts(shifts, shopSeal),
    settings: coveredSettings(new SettingTable<ShopSettings>(database, sealing, 'shop'), shopSeal),
    shopSeal,
    rowCheck,
    vouch: chain.transaction((identity, audit, taken) => {
      const only = taken?.staff ?? null
      if (only !== null) deleteStaff.run()
      for (const record of only ?? []) staff.save(record)
      rowCheck.bind(taken !== null)
      rows.mustHaveMac = true
      chain.append('', audit)
      shopSeal.write(identity)
    }),
    rescue,
    keyId: sealing.keyId,
    backUp: (copy) => writeBackup(database, copy),
    close() {
      // Somebody may edit them before the till opens again.
      saving(chain.transaction(() => writer.bindFresh()))
      database.pragma('wal_checkpoint(TRUNCATE)')
      database.close()
    },
  }
}
