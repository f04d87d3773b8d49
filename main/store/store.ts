import { StockView } from '../contract/snapshot.ts'
import type { AuditEntry, RedemptionStore } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { z } from 'zod'
import { ok, type Result } from '../contract/result.ts'
import { type Database, openDatabase } from './database.ts'
import type { Rescue } from './rescue.ts'
import type { StoreFault } from './store-fault.ts'
import { RedemptionTable } from './redemption-table.ts'

const StockRow = z.object({ view: z.string() }).optional()

export interface TillStore extends RedemptionStore {
  /** Not null when the file was found damaged: a person must be told what was saved and where the rest is. */
  readonly rescue: Rescue | null
  close(): void
}

/** The till's store on one SQLite file. Every change is one transaction together with its audit row. */
export function openStore(file: string): Result<TillStore, StoreFault> {
  const opened = openDatabase(file)
  return opened.ok ? ok(storeOn(opened.value.database, opened.value.rescue)) : opened
}

function storeOn(database: Database, rescue: Rescue | null): TillStore {
  const table = new RedemptionTable(database)
  const insertAudit = database.prepare(
    'INSERT INTO audit (use_request_no, at, event, evidence) VALUES (?, ?, ?, ?)',
  )
  const selectStock = database.prepare('SELECT view FROM stock WHERE stock_id = ?')
  const upsertStock = database.prepare('INSERT OR REPLACE INTO stock VALUES (?, ?, ?)')

  function note(useRequestNo: string, { at, event, evidence }: AuditEntry): void {
    insertAudit.run(useRequestNo, at, event, evidence && JSON.stringify(evidence))
  }

  // Each made once: to wrap a function as a transaction costs as much as to write a page.
  const insert = database.transaction((redemption: Redemption, audit: AuditEntry) => {
    table.insert(redemption)
    note(redemption.useRequestNo, audit)
  })
  const updateAll = database.transaction(
    (changes: readonly { redemption: Redemption; audit: AuditEntry }[]) => {
      for (const { redemption, audit } of changes) {
        table.update(redemption)
        note(redemption.useRequestNo, audit)
      }
    },
  )

  return {
    rescue,
    insert: (redemption, audit) => insert.immediate(redemption, audit),
    update: (redemption, audit) => updateAll.immediate([{ redemption, audit }]),
    updateAll: (changes) => updateAll.immediate(changes),
    findByCode: (couponCode) => table.findByCode(couponCode),
    due: (now, limit) => table.due(now, limit),
    nextDueAt: () => table.nextDueAt(),
    recent: (limit) => table.recent(limit),
    counts: () => table.counts(),
    findStock: (stockId) => {
      const row = StockRow.parse(selectStock.get(stockId))
      return row && StockView.parse(JSON.parse(row.view))
    },
    saveStock: (stock, at) => {
      upsertStock.run(stock.stockId, JSON.stringify(stock), at)
    },
    close: () => {
      database.pragma('wal_checkpoint(TRUNCATE)')
      database.close()
    },
  }
}
