import { randomUUID } from 'node:crypto'
import type {
  OfficePerson,
  OfficePersonFault,
  OfficePersonForm,
} from '../../contract/office-people.ts'
import type { OfficeRole } from '../../contract/office-roles.ts'
import { err, ok, type Result } from '../../contract/result.ts'
import type { Role } from '../../contract/roles.ts'
import type { PinChange, PinChangeFault, PinFault, StaffView } from '../../contract/staff.ts'
import type { Scheduler } from '../../redemption/ports.ts'
import type { PinHasher, RunningTime, StaffStore } from '../../shop/ports.ts'
import { createRoster } from '../../shop/roster.ts'

/** Who may look at the chain, and who does now. */
export interface OfficePeople {
  person(): OfficePerson | null
  people(): OfficePerson[]
  isUnreadable(): boolean
  signIn(id: string, pin: string): Promise<Result<OfficePerson, PinFault>>
  signOut(): void
  /** Somebody is there: the idle time begins anew. */
  touch(): void
  changePin(change: PinChange): Promise<Result<null, PinChangeFault>>
  /** The first owner, who is signed in with it. Fails once there is anybody. */
  begin(name: string, pin: string): Promise<Result<OfficePerson, OfficePersonFault>>
  save(form: OfficePersonForm): Promise<Result<OfficePerson, OfficePersonFault>>
  remove(id: string): Result<null, OfficePersonFault>
  stop(): void
}

interface OfficePeopleParts {
  readonly store: StaffStore
  readonly pins: PinHasher
  readonly elapsed: RunningTime
  readonly scheduler: Scheduler
  readonly onChanged: () => void
}

/** Longer than a telephone call, shorter than a lunch break. */
const idleMs = 20 * 60_000

/** The office's roles in the words of the till's roster, whose PINs, lockouts and last owner are meant alike. */
const stored = {
  viewer: 'cashier',
  manager: 'supervisor',
  owner: 'owner',
} as const satisfies Record<OfficeRole, Role>
const shown = {
  cashier: 'viewer',
  supervisor: 'manager',
  owner: 'owner',
} as const satisfies Record<Role, OfficeRole>

export function createOfficePeople(parts: OfficePeopleParts): OfficePeople {
  const { store, pins, elapsed, scheduler, onChanged } = parts
  const roster = createRoster({ store, pins, elapsed, newId: randomUUID })
  let signedIn: string | null = null
  let cancelIdle: (() => void) | null = null

  function person(): OfficePerson | null {
    const found = roster.members().find(({ id }) => id === signedIn)
    return found === undefined ? null : viewOf(found)
  }

  function set(id: string | null): void {
    signedIn = id
    touch()
    onChanged()
  }

  function touch(): void {
    cancelIdle?.()
    cancelIdle = signedIn === null ? null : scheduler.after(idleMs, () => set(null))
  }

  async function save(form: OfficePersonForm): Promise<Result<OfficePerson, OfficePersonFault>> {
    const saved = await written(() => roster.save({ ...form, role: stored[form.role] }))
    onChanged()
    return saved.ok ? ok(viewOf(saved.value)) : saved
  }

  return {
    person,
    people: () => roster.members().map(viewOf),
    isUnreadable: () => roster.unreadable() > 0,
    async signIn(id, pin) {
      const checked = await roster.check(id, pin)
      if (!checked.ok) return checked
      set(id)
      return ok(viewOf(checked.value))
    },
    signOut: () => set(null),
    touch,
    async changePin({ pin, next }) {
      const changed =
        signedIn === null
          ? err({ code: 'not-found' as const })
          : await roster.changePin(signedIn, pin, next)
      return changed
    },
    async begin(name, pin) {
      if (!roster.isEmpty()) return err({ code: 'not-found' })
      const saved = await save({ id: null, name, role: 'owner', pin })
      if (saved.ok) set(saved.value.id)
      return saved
    },
    save,
    remove(id) {
      const removed = roster.remove(id)
      onChanged()
      return removed.ok ? removed : err({ code: codeOf(removed.error.code) })
    },
    stop() {
      cancelIdle?.()
      roster.stop()
    },
  }
}

type RosterFault = Extract<
  Awaited<ReturnType<ReturnType<typeof createRoster>['save']>>,
  { ok: false }
>

async function written(
  save: () => Promise<Result<StaffView, RosterFault['error']>>,
): Promise<Result<StaffView, OfficePersonFault>> {
  try {
    const saved = await save()
    return saved.ok ? saved : err({ code: codeOf(saved.error.code) })
  } catch (cause) {
    // The disk is full, or the folder may not be written to.
    if (cause instanceof Error && 'code' in cause) return err({ code: 'not-written' })
    throw cause
  }
}

function codeOf(code: RosterFault['error']['code']): OfficePersonFault['code'] {
  // The roster is stopped with the program alone.
  return code === 'reopened' ? 'not-found' : code
}

function viewOf({ id, name, role }: StaffView): OfficePerson {
  return { id, name, role: shown[role] }
}
