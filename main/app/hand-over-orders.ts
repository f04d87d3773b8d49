import type { HandOverFault, TakenOver } from '../contract/hand-over-requests.ts'
import { err, ok, type Result } from '../contract/result.ts'
import { runApart } from '../outside/run-apart.ts'
import type { PersonOrder } from '../redemption/note.ts'
import type { Till } from '../redemption/till.ts'
import {
  digestOf,
  type EnvelopeFault,
  messageToSign,
  unwrapHandOver,
  wrapHandOver,
} from '../outside/hand-over-envelope.ts'
import type { HandOverParty } from './hand-over-party.ts'
import type { OpenTill } from './open-till.ts'

/** Why the file of a hand-over was not read. */
export interface HandOverFileFault {
  readonly code: Extract<
    HandOverFault['code'],
    'not-read' | 'no-hand-over' | 'file-not-regular' | 'file-on-network'
  >
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
type HandingTill = Pick<OpenTill, 'till' | 'handOverParty'>

/**
 * Moves unsettled redemptions to another computer. The functions return `null` when the dialog was cancelled. Faults
 * are the codes that the page shows.
 */
export interface HandOverOrders {
  /** Returns the file that they were written to, signed with the merchant key. */
  exportOpen(open: HandingTill, password: string, order: PersonOrder): Promise<Exported>
  /** Writes an earlier export again, signed anew, and returns the file. */
  exportAgain(open: HandingTill, id: number): Promise<Exported>
  /** Takes over what another computer of the merchant exported, and returns what became of it. */
  importOpen(
    open: HandingTill,
    password: string,
    order: PersonOrder,
  ): Promise<Result<TakenOver | null, HandOverFault>>
}

interface HandOverOrderParts {
  readonly files: HandOverFiles
  /** Whether the till is still open: a dialog may stand for an hour, and the till be opened anew meanwhile. */
  readonly isOpen: (till: Till) => boolean
}

/** How long a signing service may take to answer. */
const signMs = 15_000

export function createHandOverOrders({ files, isOpen }: HandOverOrderParts): HandOverOrders {
  async function write(file: string, bytes: Uint8Array): Promise<Exported> {
    try {
      await files.write(file, bytes)
      return ok(file)
    } catch {
      // The sealed bytes stay in the store, so that they can be written to another file.
      return err({ code: 'not-written' })
    }
  }

  return {
    async exportOpen({ till, handOverParty: party }, password, order) {
      // Asked before anything is handed over, so that cancelling changes nothing.
      const file = await files.choosePlace()
      if (file === null) return ok(null)
      // Neither does a key that cannot sign: this till sends no more of what it has sealed.
      const trial = await signed(party, new Uint8Array())
      if (!trial.ok) return trial
      if (!isOpen(till)) return err({ code: 'busy' })
      const sealed = till.handOver(password, order)
      if (!sealed.ok) return sealed
      const made = await signed(party, sealed.value)
      return made.ok ? write(file, made.value) : err({ code: 'signed-later' })
    },
    async exportAgain({ till, handOverParty: party }, id) {
      const bytes = till.handOverAgain(id)
      if (!bytes) return err({ code: 'nothing-kept' })
      const file = await files.choosePlace()
      if (file === null) return ok(null)
      const made = await signed(party, bytes)
      return made.ok ? write(file, made.value) : made
    },
    async importOpen({ till, handOverParty: party }, password, order) {
      const read = await files.read()
      if (read === null) return ok(null)
      if (!read.ok) return read
      if (!isOpen(till)) return err({ code: 'busy' })
      const reader = { ...party.reader(), own: ownExports(till) }
      const opened = await runApart('hand-over', read.value, password, reader)
      if (!opened.ok) return err({ code: 'file-too-demanding' })
      if (!opened.value.ok) return opened.value
      if (!isOpen(till)) return err({ code: 'busy' })
      return till.takeOver(opened.value.value, order)
    },
  }
}

/** Returns the file for another till. Fails unless this till could take it over itself. */
async function signed(
  party: HandOverParty,
  sealed: Uint8Array,
): Promise<Result<Uint8Array, EnvelopeFault>> {
  const head = await party.head()
  if (!head.ok) return head
  const signature = await party.sign(messageToSign(head.value, sealed), AbortSignal.timeout(signMs))
  if (!signature.ok) return signature
  const file = wrapHandOver(head.value, sealed, signature.value)
  // A signing service may have another key, and a certificate may have taken over in between.
  const read = unwrapHandOver(file, { ...party.reader(), own: [] })
  return read.ok ? ok(file) : err({ code: 'not-signed' })
}

function ownExports(till: Till): string[] {
  return till.handOvers().flatMap(({ id }) => {
    const sealed = till.handOverAgain(id)
    return sealed === null ? [] : [digestOf(sealed)]
  })
}
