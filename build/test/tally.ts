import fs from 'node:fs'

export interface Tally {
  readonly passed: number
  readonly failed: number
}

export const emptyTally: Tally = { passed: 0, failed: 0 }

export function sum(one: Tally, other: Tally): Tally {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed }
}

export function fromStatus(status: number): Tally {
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

/**
 * Returns the counts in a runner's JSON report. A runner that failed without a failed test (a file that does not load,
 * or no report) counts as one failure, so that nothing is left out of the sum.
 */
export function fromReport(
  file: string,
  status: number,
  read: (report: Record<string, unknown>) => Tally,
): Tally {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 }
  const tally = read(asRecord(JSON.parse(fs.readFileSync(file, 'utf8'))))
  return status !== 0 && tally.failed === 0 ? sum(tally, { passed: 0, failed: 1 }) : tally
}

export function vitestCounts(report: Record<string, unknown>): Tally {
  return { passed: count(report, 'numPassedTests'), failed: count(report, 'numFailedTests') }
}

export function playwrightCounts(report: Record<string, unknown>): Tally {
  const stats = asRecord(report['stats'])
  return {
    passed: count(stats, 'expected'),
    // A test that passes only at a second try counts as failed.
    failed: count(stats, 'unexpected') + count(stats, 'flaky'),
  }
}

function count(report: Record<string, unknown>, name: string): number {
  const value = report[name]
  if (typeof value !== 'number') throw new Error(`the report has no ${name}`)
  return value
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('the report is no object')
  return Object.fromEntries(Object.entries(value))
}
