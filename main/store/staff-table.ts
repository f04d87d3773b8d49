import { z } from 'zod'
import { Role } from '../contract/permission.ts'
import type { StaffRecord, StaffStore } from '../shop/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'
import { storeFaultOf } from './store-fault.ts'

const Rows = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.string(),
    pin_sealed: z.instanceof(Uint8Array),
    wrong_pins: z.number(),
    is_active: z.number(),
  }),
)
type Row = z.infer<typeof Rows>[number]

const SealedRecord = z.strictObject({
  name: z.string(),
  role: Role,
  pinHash: z.string(),
  wrongPins: z.number().int().nonnegative(),
  lockoutMs: z.number().nonnegative().nullable(),
  isActive: z.boolean(),
})

/** The first version sealed the hash of the PIN alone; the second seals the whole record. */
const recordFormat = 2

/**
 * The staff. A member's whole record is encrypted and bound to their id: name, role, PIN, wrong PINs and lockout. The
 * other columns are written for a person who looks into the file, and never read. Whoever edits one changes nothing;
 * whoever edits the sealed record, or puts in another's, makes it unreadable.
 */
export class StaffTable implements StaffStore {
  readonly #sealing: Sealing
  readonly #format: SettingTable<number>
  readonly #select
  readonly #save

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#format = new SettingTable(database, sealing, 'staff-format')
    this.#select = database.prepare('SELECT * FROM staff ORDER BY rowid')
    this.#save = database.prepare(`
      INSERT INTO staff VALUES (@id, @name, @role, @pinSealed, @wrongPins, NULL, @isActive)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, pin_sealed = excluded.pin_sealed,
        wrong_pins = excluded.wrong_pins, locked_until = NULL, is_active = excluded.is_active`)
    if (this.#isConverted()) return
    try {
      database.transaction(() => this.#convert())()
    } catch (error) {
      // A till whose disk is full opens all the same, and converts another time.
      if (storeFaultOf(error) === null) throw error
    }
  }

  read(): ReturnType<StaffStore['read']> {
    const rows = Rows.parse(this.#select.all())
    const isConverted = this.#isConverted()
    const records = rows
      .map((row) => this.#open(row) ?? (isConverted ? null : this.#openFirst(row)))
      .filter((record) => record !== null)
    return { records, unreadable: rows.length - records.length }
  }

  save(record: StaffRecord): void {
    const { id, ...sealed } = record
    this.#save.run({
      id,
      name: record.name,
      role: record.role,
      pinSealed: this.#sealing.seal(identity(id), Buffer.from(JSON.stringify(sealed))),
      wrongPins: record.wrongPins,
      isActive: Number(record.isActive),
    })
  }

  /** Once converted, rows of the first version are not read any more: their columns can be edited. */
  #isConverted(): boolean {
    return this.#format.read() === recordFormat
  }

  #convert(): void {
    for (const row of Rows.parse(this.#select.all())) {
      const record = this.#open(row) === null ? this.#openFirst(row) : null
      if (record !== null) this.save(record)
    }
    this.#format.write(recordFormat)
  }

  #open(row: Row): StaffRecord | null {
    const text = this.#opened(identity(row.id), row.pin_sealed)
    return text === null ? null : readRecord(row, text)
  }

  /** Reads a record of the first version. It was bound to id and role; a lockout by the PC's clock is not carried over. */
  #openFirst(row: Row): StaffRecord | null {
    const { id, name } = row
    const pinHash = this.#opened(`staff ${id} ${row.role}`, row.pin_sealed)
    const role = Role.safeParse(row.role)
    if (pinHash === null || !role.success) return null
    return {
      id,
      name,
      role: role.data,
      pinHash,
      wrongPins: row.wrong_pins,
      lockoutMs: null,
      isActive: row.is_active === 1,
    }
  }

  #opened(as: string, sealed: Uint8Array): string | null {
    try {
      return this.#sealing.open(as, sealed).toString()
    } catch {
      return null
    }
  }
}

function readRecord({ id }: Pick<Row, 'id'>, text: string): StaffRecord {
  return { id, ...SealedRecord.parse(JSON.parse(text)) }
}

function identity(id: string): string {
  return `staff-record ${id}`
}
