import { median } from '../../../renderer/scanner/statistics.ts'

type Call = () => unknown

export interface Contender {
  /** What precedes the call in practice; not timed. */
  readonly before: Call
  readonly timed: Call
}

/**
 * The rounds are split into blocks, each with its own ratio: how far these lie apart shows how reliable the result is.
 */
const blocks = 5
/** Rounds that are not counted, because a till that was just started is slower. */
export const warmUp = 300

/** The ratio of two contenders' median times (µs) in the block whose ratio is the median of all. */
export interface Ratio {
  readonly ours: number
  readonly peer: number
  readonly lowest: number
  readonly highest: number
}

/**
 * Runs all contenders in turn, each equally often in every position, so that other work of machine and disk affects all
 * of them. Counts the quieter half of a block's rounds, by the sum of all contenders' times.
 */
export function measureInterleaved<Name extends string>(
  rounds: number,
  contenders: Readonly<Record<Name, Contender>>,
): (ours: Name, peer: Name) => Ratio {
  const names = Object.keys(contenders).filter((name): name is Name => name in contenders)
  const times = Array.from({ length: warmUp + rounds }, (_, round) => {
    const turn = names.map((_name, place) => names[(place + round) % names.length])
    const taken = new Map<Name, number>()
    for (const name of round % 2 === 0 ? turn : turn.toReversed()) {
      if (name === undefined) continue
      contenders[name].before()
      taken.set(name, timeOf(contenders[name].timed))
    }
    return taken
  }).slice(warmUp)
  const perBlock = Math.floor(rounds / blocks)
  const quiet = Array.from({ length: blocks }, (_, block) =>
    quieterHalf(times.slice(block * perBlock, (block + 1) * perBlock)),
  )
  return (ours, peer) => {
    const ratios = quiet
      .map((block) => ({ ours: medianOf(block, ours), peer: medianOf(block, peer) }))
      .toSorted((one, other) => one.ours / one.peer - other.ours / other.peer)
    const [lowest, middle, highest] = [ratios[0], ratios[blocks >> 1], ratios.at(-1)]
    if (!lowest || !middle || !highest) throw new Error('nothing was measured')
    return {
      ...middle,
      lowest: lowest.ours / lowest.peer,
      highest: highest.ours / highest.peer,
    }
  }
}

/** Returns the time of one call in microseconds. */
export function timeOf(call: Call): number {
  const startedAt = performance.now()
  call()
  return (performance.now() - startedAt) * 1000
}

type Round = ReadonlyMap<string, number>

function quieterHalf(rounds: readonly Round[]): Round[] {
  const sum = (round: Round): number => [...round.values()].reduce((one, other) => one + other, 0)
  return rounds
    .toSorted((one, other) => sum(one) - sum(other))
    .slice(0, Math.ceil(rounds.length / 2))
}

function medianOf(rounds: readonly Round[], name: string): number {
  return median(rounds.map((round) => round.get(name) ?? Number.NaN))
}
