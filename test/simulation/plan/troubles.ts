import type { Dice } from '../dice.ts'
import {
  crashPoints,
  type DeskEvent,
  handActions,
  type PlannedEvent,
  type ShopEvent,
  type TimedEvent,
} from './events.ts'
import { settingsFaults } from './faults.ts'
import { day, hour, minute, second } from './time.ts'

/** Plans one trouble of a seed; `isLong` for one that lasts days. */
export function planTrouble(dice: Dice, isLong: boolean): PlannedEvent {
  const ms = dice.between(second, dice.pick([20 * second, 10 * minute, isLong ? 2 * day : hour]))
  switch (
    dice.pick([
      'crash',
      'crash',
      'crash',
      'outage',
      'outage',
      'settings',
      'key',
      'clock',
      'clock',
      'disk',
      'disk',
      'quit',
      'nudge',
    ])
  ) {
    case 'crash':
      return {
        kind: 'crash',
        point: dice.pick(crashPoints),
        calls: dice.between(1, dice.pick([4, 12, 40])),
        downMs: dice.between(second, dice.pick([5 * second, 10 * minute])),
      }
    case 'outage':
      return { kind: 'outage', how: dice.pick(['no-name', 'black-hole']), ms }
    case 'settings':
      return { kind: 'settings', fault: dice.pick(settingsFaults), ms }
    case 'key':
      return { kind: 'wrong-key', ms }
    case 'clock':
      return { kind: 'clock-step', byMs: planClockError(dice), mendedAfterMs: ms }
    case 'disk':
      return { kind: 'disk-full', ms }
    case 'quit':
      return { kind: 'quit', downMs: ms }
    default:
      return { kind: dice.pick(['sync-now', 'network-hint']) }
  }
}

/** Plans how much a PC's clock is off, ms. */
export function planClockError(dice: Dice): number {
  return dice.pick([-1, 1]) * dice.between(second, dice.pick([4 * minute, day, 400 * day]))
}

export function planHand(dice: Dice): DeskEvent {
  if (dice.chance(0.1)) return { kind: 'pause', ms: dice.between(second, 10 * minute) }
  return {
    kind: 'hand',
    action: dice.pick(handActions),
    pick: dice.between(0, 5),
    isWrong: dice.chance(0.2),
  }
}

/** Plans what several tills do together. */
export function planTogether(
  dice: Dice,
  tills: number,
  endsAtMs: number,
): readonly TimedEvent<ShopEvent>[] {
  if (tills === 1) return []
  const somewhere = (event: ShopEvent): TimedEvent<ShopEvent> => ({
    atMs: dice.between(0, endsAtMs),
    till: dice.between(0, tills - 1),
    event,
  })
  return [
    ...dice.times(dice.pick([0, 0, 3]), () => somewhere({ kind: 'peers' })),
    ...dice.times(dice.pick([0, 0, 1, 2]), () =>
      somewhere({ kind: 'hand-over', to: dice.between(1, tills - 1) }),
    ),
  ]
}

/**
 * Plans erasure, after minutes instead of months. Not where redemptions go to another till: an export that nobody has
 * carried yet would be erased with them, while a real one is kept as long as its redemptions.
 */
export function planErasures(
  dice: Dice,
  tills: number,
  endsAtMs: number,
): readonly TimedEvent<DeskEvent>[] {
  return dice.times(dice.pick([0, 0, 0, 2]), () => ({
    atMs: dice.between(0, endsAtMs),
    till: dice.between(0, tills - 1),
    event: { kind: 'erase', olderThanMs: dice.between(0, dice.pick([minute, hour])) },
  }))
}
