import type { AppSnapshot } from '../../main/contract/snapshot.ts'

/** All that the page is told, but for what stands at the counter. */
export type BesideCounter = Omit<AppSnapshot, 'counter' | 'revision'>

interface Props {
  readonly snapshot: BesideCounter
}

/** For `memo`: every scan changes the counter, and most of the shell has nothing to do with it. */
export function isSameBesideCounter<P extends Props>(before: P, after: P): boolean {
  return (
    isSame({ ...before, snapshot: null }, { ...after, snapshot: null }) &&
    isSame(withoutCounter(before.snapshot), withoutCounter(after.snapshot))
  )
}

function withoutCounter(snapshot: BesideCounter): object {
  return { ...snapshot, counter: null, revision: null }
}

function isSame(before: object, after: object): boolean {
  const [ofBefore, ofAfter] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return (
    ofBefore.size === ofAfter.size &&
    [...ofAfter].every(([name, value]) => Object.is(ofBefore.get(name), value))
  )
}
