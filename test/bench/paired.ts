/** Something measured in turn with others, so that a busy moment of the machine affects all of them. */
export type Contender = () => Promise<unknown>

export interface PairedOptions {
  readonly rounds: number
  readonly callsPerRound: number
}

/** Returns the median microseconds for one call of each, in the order given. */
export async function measurePaired(
  contenders: readonly Contender[],
  { rounds, callsPerRound }: PairedOptions,
): Promise<number[]> {
  const times = contenders.map((): number[] => [])
  // The first round warms up and is not counted.
  for (let round = -1; round < rounds; round += 1) {
    for (const [at, contender] of contenders.entries()) {
      const startedAt = performance.now()
      for (let call = 0; call < callsPerRound; call += 1) await contender()
      const each = ((performance.now() - startedAt) * 1000) / callsPerRound
      if (round >= 0) times[at]?.push(each)
    }
  }
  return times.map(median)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}
