import type { Dice } from '../dice.ts'
import type { PlannedBatch } from './batches.ts'
import type { PlannedCoupon } from './coupons.ts'
import type { CounterEvent, TimedEvent } from './events.ts'
import { minute, second } from './time.ts'

interface World {
  readonly tills: number
  readonly endsAtMs: number
  readonly coupons: readonly PlannedCoupon[]
  readonly batches: readonly PlannedBatch[]
}

/**
 * Plans customers, each with coupons for one order. Two may be at one till at a time, because cashiers help each other.
 */
export function planVisits(dice: Dice, world: World): readonly TimedEvent<CounterEvent>[] {
  return dice
    .times(dice.between(3, 20), () => planVisit(dice, world))
    .flat()
    .filter(({ atMs }) => atMs <= world.endsAtMs)
}

function planVisit(dice: Dice, world: World): readonly TimedEvent<CounterEvent>[] {
  const till = dice.between(0, world.tills - 1)
  const events: TimedEvent<CounterEvent>[] = []
  let atMs = dice.between(0, world.endsAtMs)
  const add = (event: CounterEvent): void => {
    events.push({ atMs, till, event })
    atMs += dice.between(300, 5 * second)
  }
  const total = (): CounterEvent => ({ kind: 'total', fen: dice.between(1, 40_000) })
  const typed = dice.pick(['never', 'never', 'before', 'after', 'changed'])
  if (typed === 'before' || typed === 'changed') add(total())
  for (const step of dice.times(dice.pick([1, 1, 1, 2, 3]), (index) => index)) {
    add(planScan(dice, world))
    if (step === 0 && (typed === 'after' || typed === 'changed')) add(total())
    if (dice.chance(0.2)) add(planAnswer(dice))
    if (dice.chance(0.08)) add({ kind: dice.pick(['focus-lost', 'misread']) })
    if (dice.chance(0.15))
      add({ kind: 'other-screen', ms: dice.pick([2 * second, 20 * second, minute]) })
    if (dice.chance(0.1)) {
      atMs += dice.pick([second, 20 * second, 3 * minute])
      add({ kind: 'rescan', pick: dice.between(0, 2) })
    }
  }
  const end = dice.pick(['next-customer', 'rest', 'nothing'] as const)
  if (end === 'rest') atMs += 2 * minute
  if (end !== 'nothing') add({ kind: end })
  if (dice.chance(0.04)) add({ kind: 'shift-end' })
  return events
}

/** Plans what cashier and customer do after the verdict. */
function planAnswer(dice: Dice): CounterEvent {
  const pick = dice.pick([0, 0, 0, 1])
  return dice.pick<CounterEvent>([
    { kind: 'customer-keeps', pick },
    { kind: 'supervisor-honours', pick },
    { kind: 'give', pick },
    { kind: 'return', pick },
  ])
}

function planScan(dice: Dice, { coupons, batches }: World): CounterEvent {
  if (dice.chance(0.04)) return scan(`13${dice.times(16, () => dice.between(0, 9)).join('')}`)
  if (dice.chance(0.02)) return scan('6901234567892')
  const { code, stockId } = dice.pick(coupons)
  const batch = batches.find((entry) => entry.stockId === stockId)
  if (batch?.codes !== 'issued' && dice.chance(0.1)) {
    const others = batches.filter(({ codes }) => codes !== 'issued')
    return scan(code, dice.pick(others).stockId)
  }
  return scan(code, dice.chance(0.5) ? stockId : null)
}

function scan(payload: string, stockId: string | null = null): CounterEvent {
  return { kind: 'scan', payload, stockId }
}
