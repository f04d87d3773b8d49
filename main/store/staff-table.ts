import { z } from 'zod'
import { Role } from '../contract/permission.ts'
import type { StaffRecord, StaffStore } from '../shop/ports.ts'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'

const Row = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  pin_sealed: z.instanceof(Uint8Array),
  wrong_pins: z.number(),
  locked_until: z.number().nullable(),
  is_active: z.number(),
})
const Rows = z.array(Row)

/**
 * The staff. The hash of a PIN is encrypted and bound to its member's id and role: whoever edits a role in the file, or
 * puts in a hash of their own, has no PIN that is accepted.
 */
export class StaffTable implements StaffStore {
  readonly #sealing: Sealing
  readonly #all
  readonly #save

  constructor(database: Database, sealing: Sealing) {
    this.#sealing = sealing
    this.#all = database.prepare('SELECT * FROM staff ORDER BY rowid')
    this.#save = database.prepare(`
      INSERT INTO staff VALUES (@id, @name, @role, @pinSealed, @wrongPins, @lockedUntil, @isActive)
      ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, pin_sealed = excluded.pin_sealed,
        wrong_pins = excluded.wrong_pins, locked_until = excluded.locked_until, is_active = excluded.is_active`)
  }

  all(): StaffRecord[] {
    return Rows.parse(this.#all.all()).map((row) => ({
      id: row.id,
      name: row.name,
      role: row.role,
      pinHash: this.#open(row),
      wrongPins: row.wrong_pins,
      lockedUntil: row.locked_until,
      isActive: row.is_active === 1,
    }))
  }

  save(record: StaffRecord): void {
    const pinSealed = this.#sealing.seal(identity(record), Buffer.from(record.pinHash))
    this.#save.run({
      id: record.id,
      name: record.name,
      role: record.role,
      pinSealed,
      wrongPins: record.wrongPins,
      lockedUntil: record.lockedUntil,
      isActive: Number(record.isActive),
    })
  }

  /** Returns the hash of the PIN; one that no PIN has when somebody else wrote the row. */
  #open(row: z.infer<typeof Row>): string {
    try {
      return this.#sealing.open(identity(row), row.pin_sealed).toString()
    } catch {
      return unusable
    }
  }
}

/** A hash in the form of `pin-hasher.ts`, but all zeros: nobody can find a PIN that results in it. */
const unusable = `scrypt$${Buffer.alloc(16).toString('base64')}$${Buffer.alloc(32).toString('base64')}`

function identity({ id, role }: { readonly id: string; readonly role: Role }): string {
  return `staff ${id} ${role}`
}
