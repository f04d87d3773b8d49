import type { Dice } from '../dice.ts'
import { minute } from './time.ts'

export type HandOverEvent =
  /** The till's open redemptions go to another till; `to` counts on from this one. */
  | { readonly kind: 'hand-over'; readonly to: number }
  /** A file that was taken over before is found again. */
  | { readonly kind: 'take-again' }

type Step<Scan> = HandOverEvent | Scan | Outage | Return

type Outage = {
  readonly kind: 'outage'
  readonly how: 'no-name' | 'black-hole'
  readonly ms: number
}
type Return = {
  readonly kind: 'hand'
  readonly action: 'return-coupon'
  readonly pick: number
  readonly isWrong: false
}

interface Planned<Scan> {
  readonly atMs: number
  readonly till: number
  readonly event: Step<Scan>
}

/** Plans hand-overs when there is something to hand over: a few tours of files in a shop of several tills. */
export function planHandOvers<Scan>(
  dice: Dice,
  { tills, endsAtMs }: { readonly tills: number; readonly endsAtMs: number },
  scan: () => Scan,
): readonly Planned<Scan>[] {
  if (tills === 1) return []
  return [...dice.times(dice.pick([0, 0, 1, 2]), () => dice.between(0, endsAtMs))].flatMap((from) =>
    dice.pick([planTour, planTour, planReturned])(dice, tills, from, scan),
  )
}

/** No till has a line, and what is scanned at one goes from till to till: onward, back, or in two exports in a row. */
function planTour<Scan>(
  dice: Dice,
  tills: number,
  from: number,
  scan: () => Scan,
): readonly Planned<Scan>[] {
  const first = dice.between(0, tills - 1)
  const scans = dice.times(dice.between(1, 3), () => ({
    atMs: from + dice.between(1000, minute),
    till: first,
    event: scan(),
  }))
  const planned: Planned<Scan>[] = []
  let till = first
  let atMs = from + 2 * minute
  for (const to of dice.times(dice.between(1, 4), () => dice.between(1, tills - 1))) {
    planned.push({ atMs, till, event: { kind: 'hand-over', to } })
    if (dice.chance(0.3)) planned.push({ atMs: atMs + minute, till, event: scan() })
    // Another export, by the same till or by the one that has the entries now.
    if (dice.chance(0.8)) till = (till + to) % tills
    atMs += dice.between(30_000, 4 * minute)
    if (dice.chance(0.4)) planned.push({ atMs: atMs - 1000, till, event: { kind: 'take-again' } })
  }
  return [...everyLine(dice, tills, from, dice.between(1, 20) * minute), ...scans, ...planned]
}

/** A coupon waits at one till, is redeemed and returned at another, which then takes over the first till's entry. */
function planReturned<Scan>(
  dice: Dice,
  tills: number,
  from: number,
  scan: () => Scan,
): readonly Planned<Scan>[] {
  const first = dice.between(0, tills - 1)
  const to = dice.between(1, tills - 1)
  const second = (first + to) % tills
  const event = scan()
  const [outage] = everyLine(dice, tills, from, 10 * minute).filter(({ till }) => till === first)
  return [
    ...(outage ? [outage] : []),
    { atMs: from + 1000, till: first, event },
    { atMs: from + minute, till: second, event },
    ...(dice.chance(0.7)
      ? [
          {
            atMs: from + 2 * minute,
            till: second,
            event: { kind: 'hand', action: 'return-coupon', pick: 0, isWrong: false } as const,
          },
        ]
      : []),
    { atMs: from + 4 * minute, till: first, event: { kind: 'hand-over', to } },
  ]
}

function everyLine(
  dice: Dice,
  tills: number,
  atMs: number,
  ms: number,
): readonly { readonly atMs: number; readonly till: number; readonly event: Outage }[] {
  const how = dice.pick(['no-name', 'no-name', 'black-hole'] as const)
  return Array.from({ length: tills }, (_, till) => ({
    atMs,
    till,
    event: { kind: 'outage', how, ms } as const,
  }))
}
