import type { Person } from '../../main/contract/staff.ts'

let last: string | null = null

/** Call with who is signed in now. */
export function rememberPerson(person: Person | null): void {
  if (person !== null) last = person.id
}

/** Who was signed in last since the window was opened: their id. */
export function lastPerson(): string | null {
  return last
}
