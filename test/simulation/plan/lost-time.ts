import type { Dice } from '../dice.ts'
import { minute } from './time.ts'

/** How a till loses records, and from where they come back. */
export type LostTime =
  | { readonly kind: 'back-up' }
  /** The latest backup replaces the records. */
  | { readonly kind: 'restore' }
  /** The process dies, and commits in the middle of its log are damaged. */
  | { readonly kind: 'damage-log'; readonly downMs: number }

type Outage = { readonly kind: 'outage'; readonly how: 'no-name'; readonly ms: number }
type Cancel = {
  readonly kind: 'hand'
  readonly action: 'cancel'
  readonly pick: number
  readonly isWrong: false
}

interface Planned<Scan> {
  readonly atMs: number
  readonly till: number
  readonly event: LostTime | Outage | Cancel | Scan
}

/** Plans lost time in one seed of eight. */
export function planLostTime<Scan>(
  dice: Dice,
  { tills, endsAtMs }: { readonly tills: number; readonly endsAtMs: number },
  scan: () => Scan,
): readonly Planned<Scan>[] {
  if (!dice.chance(0.12)) return []
  const till = dice.between(0, tills - 1)
  return dice
    .pick([planAnyTime, planWhileUnsettled, planWhileUnsettled])(dice, endsAtMs, scan)
    .map(({ atMs, event }) => ({ atMs, till, event }))
}

type Moments<Scan> = readonly Omit<Planned<Scan>, 'till'>[]

function planAnyTime(dice: Dice, endsAtMs: number): Moments<never> {
  const backedUpAtMs = dice.between(0, endsAtMs)
  const restored: Moments<never> = [
    { atMs: backedUpAtMs, event: { kind: 'back-up' } },
    { atMs: dice.between(backedUpAtMs, endsAtMs), event: { kind: 'restore' } },
  ]
  const damaged: Moments<never> = [
    {
      atMs: dice.between(0, endsAtMs),
      event: { kind: 'damage-log', downMs: dice.between(1000, minute) },
    },
  ]
  return dice.pick([restored, damaged, [...restored, ...damaged]])
}

/**
 * Unsent entries are in the backup; then the line comes back and they are settled; then the backup is restored, the
 * line is down again, and a person cancels what the restored records show as never sent.
 */
function planWhileUnsettled<Scan>(dice: Dice, endsAtMs: number, scan: () => Scan): Moments<Scan> {
  const from = dice.between(0, endsAtMs)
  const lost: LostTime = dice.chance(0.7)
    ? { kind: 'restore' }
    : { kind: 'damage-log', downMs: 1000 }
  const lostAtMs = from + 12 * minute
  return [
    { atMs: from, event: { kind: 'outage', how: 'no-name', ms: 2 * minute } },
    ...dice.times(dice.between(1, 3), (number) => ({
      atMs: from + 5000 + number * 10_000,
      event: scan(),
    })),
    { atMs: from + minute, event: { kind: 'back-up' } },
    { atMs: lostAtMs - 1000, event: { kind: 'outage', how: 'no-name', ms: 5 * minute } },
    { atMs: lostAtMs, event: lost },
    ...dice.times(dice.pick([0, 2, 3]), (pick) => ({
      atMs: lostAtMs + minute,
      event: { kind: 'hand', action: 'cancel', pick, isWrong: false } as const,
    })),
  ]
}
