/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  /** What is measured, with its unit: "sign and verify, µs". */
  readonly measure: string
  readonly ours: number
  /** The peer, or the bare baseline, under the same load. */
  readonly peer: number
  /** `ours / peer`. */
  readonly ratio: number
  /** The bound that `ratio` is held to. */
  readonly goal: number
  /** Which way is good: `lower` asks for `ratio <= goal`, `higher` for `ratio >= goal`. */
  readonly better: 'lower' | 'higher'
}

export function meetsGoal(row: BenchRow): boolean {
  return row.better === 'lower' ? row.ratio <= row.goal : row.ratio >= row.goal
}
