import { err, ok, type Result } from '../contract/result.ts'
import type { Person, RecoveryFault, RecoveryForm } from '../contract/staff.ts'
import type { PinHasher, RecoveryKeeper } from './ports.ts'
import { makeRecoveryCode, readRecoveryCode } from './recovery-code.ts'
import type { Roster } from './roster.ts'

/** The owner's way back in without their PIN: a code on paper, whose hash is in the keychain. */
export interface Recovery {
  exists(): boolean
  /** Whether this person is an owner who should be shown a code, because there is none. */
  isDue(person: Person | null): boolean
  /** Returns a new code for an owner to write down. The one before stays good until this one is confirmed. */
  offer(person: Person | null): Result<string, RecoveryFault>
  /** Returns the code that this person was offered and has not confirmed yet; `null` for none. */
  offered(person: Person | null): string | null
  /** The person has written down the code that they were offered: it takes the place of the one before. */
  confirm(person: Person | null): Promise<Result<null, RecoveryFault>>
  /**
   * Gives an owner a new PIN on the code, also while they are locked out, and returns them. The code is used up.
   */
  use(form: RecoveryForm): Promise<Result<Person, RecoveryFault>>
  /** The staff begins or ends: whoever has a code of before must not come in as the next owner. */
  forget(): Promise<void>
}

interface RecoveryParts {
  readonly roster: Roster
  readonly pins: PinHasher
  readonly keeper: RecoveryKeeper
}

export function createRecovery({ roster, pins, keeper }: RecoveryParts): Recovery {
  let offered: { readonly to: string; readonly code: string } | null = null

  function codeOfferedTo(person: Person | null): string | null {
    return offered !== null && offered.to === person?.id ? offered.code : null
  }

  function formOf({ id, name, pin }: RecoveryForm): Parameters<Roster['save']>[0] | null {
    const owners = roster.members().filter(({ role }) => role === 'owner')
    if (id === null)
      return owners.length > 0 || roster.isEmpty() || name === null
        ? null
        : { id, name, role: 'owner', pin }
    const owner = owners.find((each) => each.id === id)
    return owner === undefined ? null : { id, name: owner.name, role: 'owner', pin }
  }

  return {
    exists: () => keeper.hash() !== null,
    isDue: (person) => person?.role === 'owner' && keeper.hash() === null,
    offer(person) {
      // The person signed in, and nobody on an approval: the code is worth as much as every PIN together.
      if (person?.role !== 'owner') return err({ code: 'not-offered' })
      const code = makeRecoveryCode()
      offered = { to: person.id, code }
      return ok(code)
    },
    offered: codeOfferedTo,
    async confirm(person) {
      const shown = codeOfferedTo(person)
      const code = shown === null ? null : readRecoveryCode(shown)
      if (code === null) return err({ code: 'not-offered' })
      const kept = await keeper.keep(await pins.hash(code))
      if (!kept.ok) return kept
      offered = null
      return ok(null)
    },
    async use(form) {
      const code = readRecoveryCode(form.code)
      const hash = keeper.hash()
      if (code === null || hash === null || !(await pins.verify(code, hash)))
        return err({ code: 'wrong-code' })
      const asSaved = formOf(form)
      if (asSaved === null) return err({ code: 'not-found' })
      // The PIN before the code is used up, so that a power cut in between leaves a way in.
      const saved = await roster.save(asSaved)
      if (!saved.ok) return saved
      // If the keychain refuses, the code stays good, and no new one is offered.
      await keeper.keep(null)
      return saved
    },
    async forget() {
      await keeper.keep(null)
    },
  }
}
