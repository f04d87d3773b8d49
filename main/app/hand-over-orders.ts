import type { HandOverFault, TakenOver } from '../contract/hand-over-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { PersonOrder } from '../redemption/note.ts'
import type { Till } from '../redemption/till.ts'

/** Why the file of a hand-over was not read: it cannot be, or it is larger than any hand-over. */
export interface HandOverFileFault {
  readonly code: Extract<HandOverFault, 'not-read' | 'no-hand-over'>
}

/** The files that hand-overs are written to and read from, which a person chooses. */
export interface HandOverFiles {
  /** Asks for the file to write to; `null` when the dialog was cancelled. */
  choosePlace(): Promise<string | null>
  /** On the disk when it resolves. Rejects when the disk refuses. */
  write(file: string, bytes: Uint8Array): Promise<void>
  /** Asks for a file and reads it; `null` when the dialog was cancelled. */
  read(): Promise<Result<Uint8Array, HandOverFileFault> | null>
}

type Exported = Result<string | null, HandOverFault>

/**
 * Moves unsettled redemptions to another computer. The functions return `null` when the dialog was cancelled. Faults
 * are the codes that the page shows.
 */
export interface HandOverOrders {
  /** Returns the file that they were written to. */
  exportOpen(till: Till, password: string, order: PersonOrder): Promise<Exported>
  /** Writes an earlier export again, and returns the file. */
  exportAgain(till: Till, id: number): Promise<Exported>
  /** Takes over what another computer exported, and returns what became of it. */
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
      // The sealed bytes stay in the store, so that they can be written to another file.
      return err('not-written')
    }
  }

  return {
    async exportOpen(till, password, order) {
      // Asked before anything is handed over, so that cancelling changes nothing.
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
      if (!read.ok) return err(read.error.code)
      const taken = till.takeOver(read.value, password, order)
      return taken.ok ? taken : err(taken.error.code)
    },
  }
}
