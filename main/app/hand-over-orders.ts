import type { HandOverFault, TakenOver } from '../contract/hand-over-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { PersonOrder } from '../redemption/note.ts'
import type { Till } from '../redemption/till.ts'

/** Where a hand-over is written to and read from; each asks a person, and is `null` when the dialog was cancelled. */
export interface HandOverFiles {
  choosePlace(): Promise<string | null>
  /** Throws when the file cannot be written. */
  write(file: string, bytes: Uint8Array): Promise<void>
  /** Fails when the file cannot be read, or is larger than any hand-over. */
  read(): Promise<Result<Uint8Array, 'not-read' | 'no-hand-over'> | null>
}

type Exported = Result<string | null, HandOverFault>

/** Moves what is open to another computer. Each is `null` when the dialog was cancelled. */
export interface HandOverOrders {
  /** Returns where it was written. */
  exportOpen(till: Till, password: string, order: PersonOrder): Promise<Exported>
  /** Writes an earlier one again. */
  exportAgain(till: Till, id: number): Promise<Exported>
  importOpen(
    till: Till,
    password: string,
    order: PersonOrder,
  ): Promise<Result<TakenOver | null, HandOverFault>>
}

export function createHandOverOrders(files: HandOverFiles): HandOverOrders {
  async function write(file: string, bytes: Uint8Array): Promise<Exported> {
    try {
      await files.write(file, bytes)
      return ok(file)
    } catch {
      // The sealed bytes are kept in the store: they can be written elsewhere.
      return err('not-written')
    }
  }

  return {
    async exportOpen(till, password, order) {
      // Where to comes first: a cancelled dialog must leave everything as it was.
      const file = await files.choosePlace()
      if (file === null) return ok(null)
      const sealed = till.handOver(password, order)
      return sealed.ok ? write(file, sealed.value) : err(sealed.error.code)
    },
    async exportAgain(till, id) {
      const bytes = till.handOverAgain(id)
      if (!bytes) return err('nothing-kept')
      const file = await files.choosePlace()
      return file === null ? ok(null) : write(file, bytes)
    },
    async importOpen(till, password, order) {
      const read = await files.read()
      if (read === null) return ok(null)
      if (!read.ok) return read
      const taken = till.takeOver(read.value, password, order)
      return taken.ok ? taken : err(taken.error.code)
    },
  }
}
