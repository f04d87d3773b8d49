import SQLite from 'better-sqlite3'
import { existsSync } from 'node:fs'
import type { ShopSettings } from '../contract/shop-settings.ts'
import { AuditChain } from './audit-chain.ts'
import { BookingDigests } from './booking-digests.ts'
import { schemaVersion, versionOf } from './migrate.ts'
import { hasOwnSchema } from './own-schema.ts'
import { RedemptionRow } from './redemption-row.ts'
import { RowCheck } from './row-check.ts'
import { createSealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'
import { ShopSeal } from './shop-seal.ts'
import { StaffTable } from './staff-table.ts'
import type { Store } from './store.ts'

/** The parts of a store by which it is held against the anchor. */
export type InspectedStore = Pick<
  Store,
  'audit' | 'shopSeal' | 'staff' | 'settings' | 'rescue' | 'rowCheck'
> & { close(): void }

/**
 * Opens a till's records to look at them, whether a till has them open or not, and writes nothing. Returns
 * `schema-changed` where the tables are not this program's, and `null` where there is no file, or one of another
 * version. Throws what SQLite throws.
 */
export function inspectStore(
  file: string,
  dataKey: Uint8Array,
): InspectedStore | 'schema-changed' | null {
  if (!existsSync(file)) return null
  const database = new SQLite(file, { readonly: true })
  const version = versionOf(database)
  if (version !== schemaVersion || !hasOwnSchema(database, version)) {
    database.close()
    return version === schemaVersion ? 'schema-changed' : null
  }
  const sealing = createSealing(dataKey)
  const rows = new RedemptionRow(sealing)
  const shopSeal = new ShopSeal(database, sealing)
  rows.mustHaveMac = shopSeal.read() !== null
  return {
    audit: new AuditChain(database, sealing),
    shopSeal,
    staff: new StaffTable(database, sealing),
    settings: new SettingTable<ShopSettings>(database, sealing, 'shop'),
    rescue: null,
    rowCheck: new RowCheck(database, {
      sealing,
      rows,
      bookings: new BookingDigests(database, sealing),
    }),
    close: () => database.close(),
  }
}
