import type { Dice } from './dice.ts'

/** What a till's records lose, and where they come back from. */
export type LostTime =
  | { readonly kind: 'back-up' }
  /** The last backup takes the records' place. */
  | { readonly kind: 'restore' }
  /** The process dies, and commits in the middle of its log are damaged. */
  | { readonly kind: 'damage-log'; readonly downMs: number }

interface Planned {
  readonly atMs: number
  readonly till: number
  readonly event: LostTime
}

/** One seed in eight. */
export function planLostTime(dice: Dice, tills: number, endsAtMs: number): readonly Planned[] {
  if (!dice.chance(0.12)) return []
  const till = dice.between(0, tills - 1)
  const backedUpAtMs = dice.between(0, endsAtMs)
  const restored: readonly Planned[] = [
    { atMs: backedUpAtMs, till, event: { kind: 'back-up' } },
    { atMs: dice.between(backedUpAtMs, endsAtMs), till, event: { kind: 'restore' } },
  ]
  const damaged: readonly Planned[] = [
    {
      atMs: dice.between(0, endsAtMs),
      till,
      event: { kind: 'damage-log', downMs: dice.between(1000, 60_000) },
    },
  ]
  return dice.pick([restored, restored, damaged, [...restored, ...damaged]])
}
