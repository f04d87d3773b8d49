import type { ReviewAction, ReviewCase, ReviewEntry } from '../../../main/contract/snapshot.ts'

/** Wordings of a decision in a case that asks another question. */
type AskedWord = 'had-discount' | 'no-discount' | 'is-back' | 'still-redeemed'

const asked: Partial<Record<ReviewCase, Partial<Record<ReviewAction, AskedWord>>>> = {
  'no-result': { confirmed: 'had-discount' },
  'perhaps-ours': { confirmed: 'had-discount', return: 'no-discount' },
  'return-open': { confirmed: 'still-redeemed', 'not-redeemed': 'is-back' },
  'return-refused': { confirmed: 'had-discount' },
}

export function actionWording<A extends ReviewAction>(of: ReviewCase, action: A): A | AskedWord {
  return asked[of]?.[action] ?? action
}

/** Entries of the same case with the same reason: one decision may fit them all. */
export interface ReviewGroup {
  readonly key: string
  readonly case: ReviewCase
  readonly entries: readonly ReviewEntry[]
  /** The actions that every entry allows, the advised one first. */
  readonly actions: readonly ReviewAction[]
}

/** Groups the entries by case and reason. Groups with a discount given come first; otherwise the list's order stays. */
export function groupEntries(entries: readonly ReviewEntry[]): readonly ReviewGroup[] {
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
