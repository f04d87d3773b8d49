import { StockView } from '../contract/snapshot.ts'
import type { AuditEntry, RedemptionStore } from '../redemption/ports.ts'
import type { Redemption } from '../redemption/redemption.ts'
import { z } from 'zod'
import { ok, type Result } from '../contract/result.ts'
import { AuditChain } from './audit-chain.ts'
import { type Database, openDatabase } from './database.ts'
import type { Rescue } from './rescue.ts'
import type { StoreFault } from './store-fault.ts'
import { RedemptionTable } from './redemption-table.ts'
import { createSealing, type Sealing } from './sealing.ts'

const StockRow = z.object({ view: z.string() }).optional()

export interface Store extends RedemptionStore {
  /** Not null when the file was found damaged: a person must be told what was saved and where the rest is. */
  readonly rescue: Rescue | null
  /** Whether the audit trail is as this program wrote it. Takes a while on a large file, and works in the background. */
  isAuditIntact(): Promise<boolean>
  close(): void
}

interface StoreOptions {
  readonly file: string
  /** 32 bytes, kept in the keychain. Rows of another key stay in the file, unreadable, until theirs is back. */
  readonly dataKey: Uint8Array
}

/** The till's store on one SQLite file. Every change is one transaction together with its audit row. */
export function openStore({ file, dataKey }: StoreOptions): Result<Store, StoreFault> {
  const opened = openDatabase(file)
  if (!opened.ok) return opened
  return ok(storeOn(opened.value.database, opened.value.rescue, createSealing(dataKey)))
}

function storeOn(database: Database, rescue: Rescue | null, sealing: Sealing): Store {
  const table = new RedemptionTable(database, sealing)
  const chain = new AuditChain(database, sealing)
  const selectStock = database.prepare('SELECT view FROM stock WHERE stock_id = ?')
  const upsertStock = database.prepare('INSERT OR REPLACE INTO stock VALUES (?, ?, ?)')

  // Each made once: to wrap a function as a transaction costs as much as to write a page.
  const insert = database.transaction((redemption: Redemption, audit: AuditEntry) => {
    table.insert(redemption)
    chain.append(redemption.useRequestNo, audit)
    chain.close()
  })
  const updateAll = database.transaction(
    (changes: readonly { redemption: Redemption; audit: AuditEntry }[]) => {
      for (const { redemption, audit } of changes) {
        table.update(redemption)
        chain.append(redemption.useRequestNo, audit)
      }
      chain.close()
    },
  )

  function orForget(change: () => void): void {
    try {
      change()
    } catch (cause) {
      chain.forget()
      throw cause
    }
  }

  return {
    rescue,
    insert: (redemption, audit) => orForget(() => insert.immediate(redemption, audit)),
    update: (redemption, audit) => orForget(() => updateAll.immediate([{ redemption, audit }])),
    updateAll: (changes) => orForget(() => updateAll.immediate(changes)),
    findByCode: (couponCode) => table.findByCode(couponCode),
    due: (now, limit) => table.due(now, limit),
    hasten: (now) => table.hasten(now),
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
    isAuditIntact: () => chain.isIntact(),
    close: () => {
      database.pragma('wal_checkpoint(TRUNCATE)')
      database.close()
    },
  }
}
