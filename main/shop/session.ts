import type { Permission, Role } from '../contract/permission.ts'
import { mayDo, practisedPermissions } from '../contract/roles.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type {
  Person,
  PinChange,
  PinChangeFault,
  PinFault,
  PracticeSupervisor,
  RecoveryFault,
  RecoveryForm,
  Session as SessionView,
} from '../contract/staff.ts'
import type { AuditEvent, PersonAct } from '../redemption/audit-entry.ts'
import type { Scheduler } from '../redemption/ports.ts'
import type { RunningTime } from './ports.ts'
import type { Recovery } from './recovery.ts'
import type { Roster } from './roster.ts'

/** The person who gives the till an order. */
export interface Actor {
  /** For the audit row: their name, and after a slash that of the supervisor who approved, if one had to. */
  readonly name: string
  /** `null` on a till without staff. */
  readonly person: Person | null
}

/** A request as it is admitted. Approval is given for one, and for this input alone. */
export interface PersonRequest {
  readonly channel: string
  /** Of its input, so that what is carried out is what was approved. */
  readonly inputDigest: string
  /** All of them are needed. */
  readonly needs: readonly Permission[]
}

/** Why a person may not give an order: nobody is signed in, or their role does not allow it and nobody approved. */
export interface AdmitFault {
  readonly code: 'signed-out' | 'role-too-low'
}

/** Who is signed in at the till, and what they may do. */
export interface Session {
  view(): SessionView
  signIn(id: string, pin: string): Promise<Result<Person, PinFault>>
  signOut(): void
  /** Signs an owner in with the new PIN that the recovery code gave them. */
  recover(form: RecoveryForm): Promise<Result<Person, RecoveryFault>>
  /** Gives a person another PIN, on the one they have. A wrong one counts as at sign-in. */
  changePin(whose: Person | null, change: PinChange): Promise<Result<null, PinChangeFault>>
  /**
   * Lets the person signed in make this one request within a minute, on the PIN of somebody whose role allows it.
   */
  approve(id: string, pin: string, request: PersonRequest): Promise<Result<null, PinFault>>
  /** Returns who makes the request, if they may. Uses up an approval where one was needed. */
  admit(request: PersonRequest): Result<Actor, AdmitFault>
  /** Signs in without a PIN, for the person who was signed in when the till was closed to be reopened. */
  resume(id: string): void
  /** Somebody used the till: the idle time starts again. */
  touch(): void
  /** Reads the person who is signed in again, after the staff was changed. Signs them out if they are gone. */
  refresh(): void
  stop(): void
}

interface SessionParts {
  readonly roster: Roster
  readonly recovery: Recovery
  /** Who may approve what is practised; `null` on a live till. */
  readonly practice: PracticeSupervisor | null
  readonly elapsed: RunningTime
  readonly scheduler: Scheduler
  /** Idle time after which a person is signed out, in milliseconds; `null` for never. */
  readonly lockAfterMs: () => number | null
  readonly onChanged: () => void
  readonly record: (act: RecordedAct) => void
}

/** What the audit trail keeps of somebody's act at the till. */
export interface RecordedAct extends PersonAct {
  readonly event: Extract<AuditEvent, 'signed-in' | 'pin-refused' | 'approved' | 'ordered'>
}

const approvalMs = 60_000

/** The actor on a till without staff, because audit rows and reports need a name. */
const nobody: Actor = { name: '-', person: null }

export function createSession(parts: SessionParts): Session {
  const { roster, recovery, practice, elapsed, scheduler } = parts
  let person: Person | null = null
  let approval: { of: PersonRequest; by: string; until: number } | null = null
  let cancelLock: (() => void) | null = null

  function setPerson(next: Person | null): void {
    person = next
    approval = null
    restartLockTimer()
    parts.onChanged()
  }

  function personOf(id: string): Person | null {
    return roster.members().find((each) => each.id === id) ?? null
  }

  async function check(id: string, pin: string): Promise<Result<Person, PinFault>> {
    const whose = personOf(id)
    const checked = await roster.check(id, pin)
    if (!checked.ok && checked.error.code === 'wrong-pin' && whose !== null) recordRefused(whose)
    return checked
  }

  function recordRefused({ name }: Person): void {
    parts.record({ event: 'pin-refused', by: name })
  }

  /** Returns the name of who approves the request, if this is their PIN and they may. */
  async function approverOf(
    id: string,
    pin: string,
    request: PersonRequest,
  ): Promise<Result<string, PinFault>> {
    if (practice?.id === id) {
      if (pin !== practice.pin) return err({ code: 'wrong-practice-pin' })
      return isPractised(request) ? ok(practice.name) : err({ code: 'role-too-low' })
    }
    const checked = await check(id, pin)
    if (!checked.ok) return checked
    return mayDoAll(checked.value.role, request)
      ? ok(checked.value.name)
      : err({ code: 'role-too-low' })
  }

  function restartLockTimer(): void {
    cancelLock?.()
    const after = parts.lockAfterMs()
    cancelLock =
      person === null || after === null ? null : scheduler.after(after, () => setPerson(null))
  }

  /** Uses up the approval of this request and returns who gave it; `null` if there is none. */
  function takeApproval({ channel, inputDigest }: PersonRequest): string | null {
    const given = approval
    if (given?.of.channel !== channel || given.of.inputDigest !== inputDigest) return null
    approval = null
    return elapsed() > given.until ? null : given.by
  }

  return {
    view() {
      return {
        required: !roster.isEmpty(),
        person,
        staff: roster.members(),
        unreadable: roster.unreadable(),
        practice,
        recovery: { exists: recovery.exists(), isDue: recovery.isDue(person) },
      }
    },
    async signIn(id, pin) {
      const checked = await check(id, pin)
      if (!checked.ok) {
        parts.onChanged()
        return checked
      }
      parts.record({ event: 'signed-in', by: checked.value.name })
      setPerson(checked.value)
      return checked
    },
    signOut: () => setPerson(null),
    async recover(form) {
      const recovered = await recovery.use(form)
      if (!recovered.ok) return recovered
      parts.record({ event: 'signed-in', by: recovered.value.name })
      setPerson(recovered.value)
      return recovered
    },
    async changePin(whose, { pin, next }) {
      if (whose === null) return err({ code: 'not-found' })
      const changed = await roster.changePin(whose.id, pin, next)
      if (!changed.ok && changed.error.code === 'wrong-pin') recordRefused(whose)
      parts.onChanged()
      return changed
    },
    async approve(id, pin, request) {
      const approver = await approverOf(id, pin, request)
      parts.onChanged()
      if (!approver.ok) return approver
      const by = approver.value
      parts.record({ event: 'approved', by, request: request.channel, for: person?.name ?? '-' })
      approval = { of: request, by, until: elapsed() + approvalMs }
      return ok(null)
    },
    admit(request) {
      if (roster.isEmpty()) return ok(nobody)
      if (person === null) return err({ code: 'signed-out' })
      if (mayDoAll(person.role, request)) return ok({ name: person.name, person })
      const by = takeApproval(request)
      if (by === null) return err({ code: 'role-too-low' })
      return ok({ name: `${person.name} / ${by}`, person })
    },
    touch: restartLockTimer,
    resume: (id) => setPerson(personOf(id)),
    refresh: () => setPerson(person && personOf(person.id)),
    stop: () => cancelLock?.(),
  }
}

function isPractised({ needs }: PersonRequest): boolean {
  return needs.every((need) => practisedPermissions.includes(need))
}

function mayDoAll(role: Role, { needs }: PersonRequest): boolean {
  return needs.every((need) => mayDo(role, need))
}
