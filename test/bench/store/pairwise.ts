/** Microseconds of one call. */
export interface Pair {
  readonly ours: number
  readonly peer: number
}

/**
 * Calls both in turn, so that whatever else the disk has to do falls on both alike, and takes the median of each: a
 * neighbour's burst of writes does not decide. The order within a pair changes each time.
 */
export async function pairwise(
  rounds: number,
  ours: (round: number) => void | Promise<void>,
  peer: (round: number) => void | Promise<void>,
): Promise<Pair> {
  const times = { ours: new Array<number>(), peer: new Array<number>() }
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)
    for (const side of order) {
      const startedAt = performance.now()
      const done = side === 'ours' ? ours(round) : peer(round)
      // A bare call must not pay for a promise that it does not make.
      if (done) await done
      times[side].push((performance.now() - startedAt) * 1000)
    }
  }
  return { ours: median(times.ours), peer: median(times.peer) }
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
