import type { TimelineStep } from './history.ts'
import { type Reason, reasons } from './reason.ts'

/** What the till itself signs with, in a person's place (`redemption/holds.ts`, `speaker.ts`, `among-tills.ts`). */
const rules: readonly string[] = ['hold', 'offline policy', 'shop']

/** Who did a step, and why. The till's own names and codes are no words for people: `how` says in words what they say. */
export interface ByLine {
  readonly name: string | null
  readonly why: string | null
  /** Of the reason to be named in words. */
  readonly reason: Reason | null
}

/** Returns who is named in the records; `null` where that is nobody, or a rule of the till's own. */
export function personOf(by: string | null): string | null {
  return by === null || by === '-' || rules.includes(by) ? null : by
}

export function byLineOf({ by, how, why }: Pick<TimelineStep, 'by' | 'how' | 'why'>): ByLine {
  const name = personOf(by)
  if (why === how) return { name, why: null, reason: null }
  const reason = reasons.find((each) => each === why) ?? null
  return { name, why: reason === null ? why : null, reason }
}
