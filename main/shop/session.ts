import { mayDo, type Permission } from '../contract/permission.ts'
import { err, ok, type Result } from '../contract/result.ts'
import type { Person, PinFault, Session as SessionView } from '../contract/staff.ts'
import type { Clock, Scheduler } from '../redemption/ports.ts'
import type { Roster } from './roster.ts'

/** Whoever gives an order. */
export interface Actor {
  /** As an audit row names him: with the supervisor who approved, where one had to. */
  readonly name: string
  /** `null` on a till without staff. */
  readonly person: Person | null
}

export type NotAdmitted = 'signed-out' | 'role-too-low'

/** Who stands at the till, and what that person may do now. */
export interface Session {
  view(): SessionView
  signIn(id: string, pin: string): Promise<Result<Person, PinFault>>
  signOut(): void
  /** A second person's PIN for one order of that kind, good for a minute. */
  approve(id: string, pin: string, permission: Permission): Promise<Result<null, PinFault>>
  /** Uses up the approval, where one was needed. */
  admit(permission: Permission): Result<Actor, NotAdmitted>
  /** The till was opened anew under the same person. */
  resume(id: string): void
  /** Somebody uses the till. */
  touch(): void
  /** The staff was changed: who is signed in may have gone or have another role. */
  refresh(): void
  stop(): void
}

interface SessionParts {
  readonly roster: Roster
  readonly clock: Clock
  readonly scheduler: Scheduler
  /** Idle time after which a person is signed out, in milliseconds; `null` for never. */
  readonly lockAfterMs: () => number | null
  readonly onChanged: () => void
}

const approvalMs = 60_000

/** On a till without staff; a report or an audit row must name somebody. */
const nobody: Actor = { name: '-', person: null }

export function createSession(parts: SessionParts): Session {
  const { roster, clock, scheduler } = parts
  let person: Person | null = null
  let approval: { permission: Permission; by: string; until: number } | null = null
  let cancelLock: (() => void) | null = null

  function become(next: Person | null): void {
    person = next
    approval = null
    watch()
    parts.onChanged()
  }

  function personOf(id: string): Person | null {
    const found = roster.members().find((each) => each.id === id)
    return found ? { id: found.id, name: found.name, role: found.role } : null
  }

  function watch(): void {
    cancelLock?.()
    const after = parts.lockAfterMs()
    cancelLock =
      person === null || after === null ? null : scheduler.after(after, () => become(null))
  }

  function approvedBy(permission: Permission): string | null {
    const given = approval
    if (given?.permission !== permission || clock() > given.until) return null
    approval = null
    return given.by
  }

  return {
    view() {
      const staff = roster.members()
      return { required: staff.length > 0, person, staff }
    },
    async signIn(id, pin) {
      const checked = await roster.check(id, pin)
      if (!checked.ok) {
        parts.onChanged()
        return checked
      }
      const { lockedUntil: _, ...member } = checked.value
      become(member)
      return ok(member)
    },
    signOut: () => become(null),
    async approve(id, pin, permission) {
      const checked = await roster.check(id, pin)
      parts.onChanged()
      if (!checked.ok) return checked
      if (!mayDo(checked.value.role, permission)) return err({ code: 'role-too-low' })
      approval = { permission, by: checked.value.name, until: clock() + approvalMs }
      return ok(null)
    },
    admit(permission) {
      if (roster.members().length === 0) return ok(nobody)
      if (person === null) return err('signed-out')
      if (mayDo(person.role, permission)) return ok({ name: person.name, person })
      const by = approvedBy(permission)
      return by === null ? err('role-too-low') : ok({ name: `${person.name} / ${by}`, person })
    },
    touch: watch,
    resume: (id) => become(personOf(id)),
    refresh: () => become(person && personOf(person.id)),
    stop: () => cancelLock?.(),
  }
}
