import type { Dice } from '../dice.ts'
import type { PlannedEvent, ScanEvent, TimedEvent } from './events.ts'
import type { PlannedSettings } from './settings.ts'
import { hour, minute, second } from './time.ts'

/** A shop whose tills have a server. */
export interface PlannedChain {
  readonly faultRate: number
}

export function planChain(dice: Dice): PlannedChain | null {
  return dice.chance(0.45) ? { faultRate: dice.pick([0, 0.05, 0.3]) } : null
}

/** A shop that locks its coupons honours them more often than not, or the lock would matter to nobody. */
export function settingsOfChain(dice: Dice, settings: PlannedSettings): PlannedSettings {
  if (dice.chance(0.3)) return settings
  const { byStock, limits } = settings.offline
  const honoured = Object.keys(byStock).map((stockId) => [stockId, 'honour'] as const)
  const offline = {
    mode: 'honour' as const,
    byStock: Object.fromEntries(honoured),
    limits: { ...limits, open: 10, openFen: 1_000_000, singleFen: 100_000 },
  }
  return { ...settings, offline }
}

interface Scanned {
  readonly atMs: number
  readonly till: number
  readonly event: ScanEvent
}

/** Plans outages of the whole shop, customers who go from till to till in them, and troubles of the server. */
export function planChainEvents(
  dice: Dice,
  world: { readonly tills: number; readonly endsAtMs: number; readonly scans: readonly Scanned[] },
): readonly TimedEvent[] {
  const { tills, endsAtMs, scans } = world
  const somewhen = (): number =>
    scans.length > 0 && dice.chance(0.6)
      ? Math.max(0, dice.pick(scans).atMs + dice.between(-2 * second, 4 * second))
      : dice.between(0, endsAtMs)
  const lasts = (): number => dice.between(second, dice.pick([20 * second, 10 * minute, hour]))
  const walks = dice.some(scans, 0.5).flatMap(({ atMs, event }) =>
    dice.times(dice.pick([1, 1, 2]), (step) => ({
      atMs: atMs + (step + 1) * dice.between(100, dice.pick([1500, 20 * second, 5 * minute])),
      till: dice.between(0, tills - 1),
      event,
    })),
  )
  const outages = dice.times(dice.pick([0, 1, 1, 2]), () => {
    const [atMs, ms] = [somewhen(), dice.between(10 * minute, hour)]
    const how = dice.pick(['no-name', 'black-hole'] as const)
    return dice
      .times(tills, (till) => ({ atMs, till, event: { kind: 'outage', how, ms } as const }))
      .filter(() => dice.chance(0.85))
  })
  const troubles = dice.times(dice.pick([0, 1, 3, 6]), () => ({
    atMs: somewhen(),
    till: dice.between(0, tills - 1),
    event: planServerTrouble(dice, lasts()),
  }))
  return [...walks, ...outages.flat(), ...troubles].filter(({ atMs }) => atMs <= endsAtMs)
}

function planServerTrouble(dice: Dice, ms: number): PlannedEvent {
  switch (dice.pick(['cut', 'cut', 'killed', 'disk', 'other'])) {
    case 'killed':
      return { kind: 'chain-killed', downMs: ms }
    case 'disk':
      return { kind: 'chain-disk-lost', downMs: ms }
    case 'other':
      return { kind: 'chain-other-server', ms }
    default:
      return { kind: 'chain-cut', ms }
  }
}
