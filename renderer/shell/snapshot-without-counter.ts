import type { AppSnapshot } from '../../main/contract/snapshot.ts'

/** The snapshot without what changes at the counter. */
export type SnapshotWithoutCounter = Omit<AppSnapshot, 'counter' | 'revision'>

interface Props {
  readonly snapshot: SnapshotWithoutCounter
}

/** For `memo`: every scan changes the counter, which most of the shell does not show. */
export function isSameWithoutCounter<P extends Props>(before: P, after: P): boolean {
  return (
    isSame({ ...before, snapshot: null }, { ...after, snapshot: null }) &&
    isSame(withoutCounter(before.snapshot), withoutCounter(after.snapshot))
  )
}

function withoutCounter(snapshot: SnapshotWithoutCounter): object {
  return { ...snapshot, counter: null, revision: null }
}

function isSame(before: object, after: object): boolean {
  const [ofBefore, ofAfter] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return (
    ofBefore.size === ofAfter.size &&
    [...ofAfter].every(([name, value]) => Object.is(ofBefore.get(name), value))
  )
}
