import type { SettingsStore, ShiftStore, StaffStore } from '../shop/ports.ts'
import type { ShopSeal } from './shop-seal.ts'

/* The tables that `ShopSeal` vouches for, each with its seal renewed in the transaction of every write. */

export function coveredStaff(table: StaffStore, seal: ShopSeal): StaffStore {
  return { read: () => table.read(), save: seal.covering('staff', (record) => table.save(record)) }
}

export function coveredShifts(table: ShiftStore, seal: ShopSeal): ShiftStore {
  return {
    last: () => table.last(),
    find: (id) => table.find(id),
    list: (limit, beforeId) => table.list(limit, beforeId),
    add: seal.covering('shifts', (shift) => table.add(shift)),
    save: seal.covering('shifts', (shift) => table.save(shift)),
    close: seal.covering('shifts', (shift, figures) => table.close(shift, figures)),
  }
}

export function coveredSettings(table: SettingsStore, seal: ShopSeal): SettingsStore {
  return {
    read: () => table.read(),
    write: seal.covering('settings', (settings) => table.write(settings)),
  }
}
