import type { ReviewAction, ReviewCase, ReviewEntry } from '../../../main/contract/snapshot.ts'

/** One decision has other words where another question is asked. */
type AskedWord = 'had-discount' | 'no-discount' | 'is-back' | 'still-redeemed'

const asked: Partial<Record<ReviewCase, Partial<Record<ReviewAction, AskedWord>>>> = {
  'no-result': { confirmed: 'had-discount' },
  'perhaps-ours': { confirmed: 'had-discount', 'give-back': 'no-discount' },
  'return-open': { confirmed: 'still-redeemed', 'not-redeemed': 'is-back' },
  'return-refused': { confirmed: 'had-discount' },
}

export function wordOf<A extends ReviewAction>(of: ReviewCase, action: A): A | AskedWord {
  return asked[of]?.[action] ?? action
}

/** Entries for which the same was said in the same case: one decision may fit them all. */
export interface ReviewGroup {
  readonly key: string
  readonly case: ReviewCase
  readonly entries: readonly ReviewEntry[]
  /** What every one of them allows, the advised one first. */
  readonly actions: readonly ReviewAction[]
}

/** What was given comes first, then in the order of the list: the group of the dearest entry before the others. */
export function groupsOf(entries: readonly ReviewEntry[]): readonly ReviewGroup[] {
  const byKey = Map.groupBy(entries, (entry) => `${entry.case} ${entry.redemption.reason ?? ''}`)
  const groups = [...byKey].flatMap(([key, all]) => {
    const [first] = all
    if (first === undefined) return []
    const actions = first.actions.filter((action) =>
      all.every((entry) => entry.actions.includes(action)),
    )
    return [{ key, case: first.case, entries: all, actions }]
  })
  const isGiven = (group: ReviewGroup): boolean => group.entries.some(({ wasGiven }) => wasGiven)
  return groups.toSorted((one, other) => Number(isGiven(other)) - Number(isGiven(one)))
}
