import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Database } from './database.ts'
import type { Sealing } from './sealing.ts'
import { SettingTable } from './setting-table.ts'

const parts = ['staff', 'settings', 'shifts', 'bookings'] as const
/** What the seal vouches for. */
export type SealedPart = (typeof parts)[number]

const rowsOf: Readonly<Record<SealedPart, string>> = {
  staff: 'SELECT * FROM staff ORDER BY rowid',
  // Only what the owner decides; what the till learns by itself it can learn again.
  settings: "SELECT * FROM setting WHERE name IN ('pos-clients', 'shop') ORDER BY name",
  shifts: 'SELECT * FROM shift ORDER BY id',
  // Each row has a digest of its own, over its id too (`booking-digests.ts`): how many there are and the newest say which they are.
  bookings:
    'SELECT count(*) AS rows, (SELECT mac FROM late_booking ORDER BY id DESC LIMIT 1) AS newest FROM late_booking',
}

const Identity = z.object({
  databaseId: z.string(),
  /** Grows with each change of a part. */
  generation: z.int().nonnegative(),
  /** The keychain has an anchor for this database. */
  isAnchored: z.boolean(),
})
/** Which database this is, and how far it has come. */
export type ShopIdentity = z.infer<typeof Identity>
const Sealed = Identity.extend({
  digests: z.object({
    staff: z.string(),
    settings: z.string(),
    shifts: z.string(),
    /** `null` in a seal of a version whose bookings had no digests. */
    bookings: z.string().nullable().default(null),
  }),
})
type Sealed = z.infer<typeof Sealed>

const name = 'seal'

/**
 * One encrypted row that vouches for the staff, the settings, the shifts and the late bookings: digests of their rows, and a
 * number that grows with each change. Whoever edits, deletes or puts back rows of theirs has no row that fits. Whoever puts back
 * this row as well has an older number than the anchor in the keychain.
 */
export class ShopSeal {
  readonly #database: Database
  readonly #table
  readonly #exists
  readonly #selects
  readonly #listeners = new Set<() => void>()

  constructor(database: Database, sealing: Sealing) {
    this.#database = database
    this.#table = new SettingTable<Sealed>(database, sealing, name)
    this.#exists = database.prepare('SELECT 1 FROM setting WHERE name = ?')
    this.#selects = {
      staff: database.prepare(rowsOf.staff),
      settings: database.prepare(rowsOf.settings),
      shifts: database.prepare(rowsOf.shifts),
      bookings: database.prepare(rowsOf.bookings),
    }
  }

  /** `null` in a file that never had one; `unreadable` where it does not open under this key. */
  read(): ShopIdentity | 'unreadable' | null {
    return this.#read() ?? (this.#exists.get(name) === undefined ? null : 'unreadable')
  }

  /** Returns the parts that are not as they were saved last. */
  changed(): SealedPart[] {
    const sealed = this.#read()
    return sealed === null
      ? []
      : parts.filter((part) => ![null, this.#digest(part)].includes(sealed.digests[part]))
  }

  /** Vouches for all parts as they are now. */
  write(identity: ShopIdentity): void {
    const digests = {
      staff: this.#digest('staff'),
      settings: this.#digest('settings'),
      shifts: this.#digest('shifts'),
      bookings: this.#digest('bookings'),
    }
    this.#table.write({ ...identity, digests })
  }

  /**
   * Vouches for the late bookings too, in a file of a version that did not, after `bind` has given them their digests. What
   * else it vouches for stays as it is.
   */
  beginBookings(bind: () => void): void {
    const begin = this.#database.transaction(() => {
      const sealed = this.#read()
      if (sealed === null || sealed.digests.bookings !== null) return
      bind()
      const digests = { ...sealed.digests, bookings: this.#digest('bookings') }
      this.#table.write({ ...sealed, digests })
    })
    begin.immediate()
  }

  /** Returns `work` as a transaction that vouches for this part as it is afterwards. */
  covering<P extends unknown[], R>(part: SealedPart, work: (...of: P) => R): (...of: P) => R {
    const run = this.#database.transaction((...of: P): R => {
      const sealed = this.#read()
      const isAsSaved = sealed?.digests[part] === this.#digest(part)
      const done = work(...of)
      // Without one the file is not anchored yet, and there is nothing to keep in step.
      if (sealed !== null) {
        // What somebody changed while the till was open is not vouched for: it shows at the next start.
        const digests = isAsSaved
          ? { ...sealed.digests, [part]: this.#digest(part) }
          : sealed.digests
        this.#table.write({ ...sealed, generation: sealed.generation + 1, digests })
      }
      return done
    })
    return (...of) => {
      const done = run.immediate(...of)
      // What is part of a greater transaction is on the disk, or undone, when the present step of the program is over.
      if (this.#database.inTransaction) queueMicrotask(() => this.#tell())
      else this.#tell()
      return done
    }
  }

  /** Calls the listener after each change of a part, once it is on the disk. */
  onChanged(listener: () => void): void {
    this.#listeners.add(listener)
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #read(): Sealed | null {
    return Sealed.safeParse(this.#table.read()).data ?? null
  }

  /** Of the raw rows with all their columns, so that nothing in them can be changed unnoticed. */
  #digest(part: SealedPart): string {
    const rows = this.#selects[part].all()
    return createHash('sha256').update(JSON.stringify(rows)).digest('base64')
  }
}
