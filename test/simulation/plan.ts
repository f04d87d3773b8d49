import type { Dice } from './dice.ts'
import { type PlannedBatch, planBatches } from './plan/batches.ts'
import { type PlannedChain, planChain, planChainEvents, settingsOfChain } from './plan/chain.ts'
import { type PlannedCoupon, planCoupons } from './plan/coupons.ts'
import type { ScanEvent, TimedEvent } from './plan/events.ts'
import { type ExchangeFault, exchangeFaults } from './plan/faults.ts'
import { planHandOvers } from './plan/hand-overs.ts'
import { planLostTime } from './plan/lost-time.ts'
import { type PlannedSettings, planSettings, planSwitches, type Switches } from './plan/settings.ts'
import { day, hour, minute, second } from './plan/time.ts'
import {
  planClockError,
  planErasures,
  planHand,
  planTogether,
  planTrouble,
} from './plan/troubles.ts'
import { planVisits } from './plan/visits.ts'

/** What a seed plays. */
export interface Plan {
  readonly tills: number
  /** How much each till's clock is off when it is first switched on, ms. */
  readonly clocksOffMs: readonly number[]
  readonly switches: Switches
  readonly settings: PlannedSettings
  /** `null` for tills that know nothing of each other. */
  readonly chain: PlannedChain | null
  readonly batches: readonly PlannedBatch[]
  readonly coupons: readonly PlannedCoupon[]
  readonly faults: readonly ExchangeFault[]
  readonly faultRate: number
  /** In order of time. */
  readonly events: readonly TimedEvent[]
  readonly endsAtMs: number
}

/** Plans a seed: some are calm, some concentrate on one fault, some play everything at once. */
export function planSeed(dice: Dice): Plan {
  const chain = planChain(dice)
  const tills = chain === null ? dice.pick([1, 1, 1, 2, 2, 3]) : dice.between(2, 8)
  const isLong = dice.chance(0.04)
  const endsAtMs = isLong ? dice.between(1, 3) * day : dice.between(10 * minute, 2 * hour)
  const batches = planBatches(dice, endsAtMs)
  const coupons = planCoupons(dice, batches, endsAtMs)
  const visits = planVisits(dice, { tills, endsAtMs, coupons, batches })
  const scans = visits.flatMap(({ event, ...at }) =>
    event.kind === 'scan' ? [{ ...at, event }] : [],
  )
  const somewhen = (): number => dice.between(0, endsAtMs)
  const doubles = dice.some(scans, 0.2).map((scan) => ({
    ...scan,
    till: dice.chance(0.7) ? scan.till : dice.between(0, tills - 1),
    atMs: scan.atMs + dice.between(50, dice.pick([900, 12 * second, 10 * minute])),
  }))
  const troubles = dice.times(dice.pick([0, 2, 4, 8, 12]), () => ({
    // Trouble matters most while somebody scans.
    atMs:
      scans.length > 0 && dice.chance(0.6)
        ? dice.pick(scans).atMs + dice.between(-500, dice.pick([1500, 8 * second]))
        : somewhen(),
    till: dice.between(0, tills - 1),
    event: planTrouble(dice, isLong),
  }))
  const hands = dice.times(dice.pick([0, 2, 6]), () => ({
    atMs: somewhen(),
    till: dice.between(0, tills - 1),
    event: planHand(dice),
  }))
  const together = planTogether(dice, tills, endsAtMs)
  const scanAgain = (): ScanEvent => {
    const { code, stockId } = dice.pick(coupons)
    return { kind: 'scan', payload: code, stockId: dice.chance(0.5) ? stockId : null }
  }
  const handOvers = planHandOvers(dice, { tills, endsAtMs }, scanAgain)
  const lostTime = planLostTime(dice, { tills, endsAtMs }, scanAgain)
  const isCarried = [...together, ...handOvers].some(({ event }) => event.kind === 'hand-over')
  const erasures = isCarried ? [] : planErasures(dice, tills, endsAtMs)
  const settings = planSettings(dice, batches)
  const planned: readonly TimedEvent[] = [
    ...visits,
    ...doubles,
    ...troubles,
    ...hands,
    ...together,
    ...handOvers,
    ...lostTime,
    ...erasures,
    ...(chain === null ? [] : planChainEvents(dice, { tills, endsAtMs, scans })),
  ]
  return {
    tills,
    clocksOffMs: dice.times(tills, () => (dice.chance(0.15) ? planClockError(dice) : 0)),
    switches: planSwitches(dice),
    settings: chain === null ? settings : settingsOfChain(dice, settings),
    chain,
    batches,
    coupons,
    faults: dice.chance(0.5)
      ? exchangeFaults
      : [dice.pick(exchangeFaults), dice.pick(exchangeFaults)],
    faultRate: dice.pick([0, 0.05, 0.2, 0.5, 0.8]),
    events: planned.toSorted((one, other) => one.atMs - other.atMs),
    endsAtMs,
  }
}
