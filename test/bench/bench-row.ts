/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  /** What is measured, with its unit, e.g. "sign and verify, µs". */
  readonly measure: string
  readonly ours: number
  /** The compared library, or the bare baseline, under the same load. */
  readonly peer: number
  /** `ours / peer`. */
  readonly ratio: number
  /** The bound that `ratio` must meet. */
  readonly goal: number
  /** The better direction: `lower` requires `ratio <= goal`, `higher` requires `ratio >= goal`. */
  readonly better: 'lower' | 'higher'
}

export function meetsGoal(row: BenchRow): boolean {
  return row.better === 'lower' ? row.ratio <= row.goal : row.ratio >= row.goal
}
