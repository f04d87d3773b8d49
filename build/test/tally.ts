import fs from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { z } from 'zod'

export interface Tally {
  readonly passed: number
  readonly failed: number
  /** What failed: a line each, of a test's file, its name and the first line of its error. */
  readonly failures: readonly string[]
}

export const emptyTally: Tally = { passed: 0, failed: 0, failures: [] }

export function sum(one: Tally, other: Tally): Tally {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    failures: [...one.failures, ...other.failures],
  }
}

/** Returns the count of a program that is one test. `why` it failed, where that is known better than from its name. */
export function fromStatus(status: number, name: string, why = `exit code ${status}`): Tally {
  return status === 0
    ? { passed: 1, failed: 0, failures: [] }
    : { passed: 0, failed: 1, failures: [`${name}: ${why}`] }
}

/**
 * Returns the counts in a runner's JSON report. A runner that failed without a failed test (a file that does not load,
 * or no report) counts as one failure, so that nothing is left out of the sum.
 */
export function fromReport(file: string, status: number, read: (report: unknown) => Tally): Tally {
  const name = path.basename(file, '.json')
  if (!fs.existsSync(file)) return fromStatus(1, name, 'left no report')
  const tally = read(JSON.parse(fs.readFileSync(file, 'utf8')))
  return status !== 0 && tally.failed === 0 ? sum(tally, fromStatus(status, name)) : tally
}

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()),
        }),
      ),
    }),
  ),
})

export function vitestCounts(report: unknown): Tally {
  const { numPassedTests, numFailedTests, testResults } = VitestReport.parse(report)
  const failures = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => line(path.basename(name), fullName, failureMessages)),
  )
  return { passed: numPassedTests, failed: numFailedTests, failures }
}

const Spec = z.object({
  file: z.string(),
  title: z.string(),
  tests: z.array(
    z.object({
      status: z.string(),
      results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
    }),
  ),
})
const Suite = z.object({
  specs: z.array(Spec),
  get suites() {
    return z.array(Suite).optional()
  },
})
type Suite = z.infer<typeof Suite>
const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  suites: z.array(Suite),
})

export function playwrightCounts(report: unknown): Tally {
  const { stats, suites } = PlaywrightReport.parse(report)
  const failures = specsOf(suites).flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) => {
        const errors = results.flatMap((result) => result.errors)
        return line(
          file,
          title,
          errors.map(({ message }) => message ?? ''),
        )
      }),
  )
  // A test that passes only at a second try counts as failed.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, failures }
}

function specsOf(suites: readonly Suite[]): z.infer<typeof Spec>[] {
  return suites.flatMap((suite) => [...suite.specs, ...specsOf(suite.suites ?? [])])
}

const longestLine = 240

function line(file: string, name: string, errors: readonly string[]): string {
  const [first = ''] = stripVTControlCharacters(errors[0] ?? '').split('\n')
  return `${file} › ${name}: ${first}`.slice(0, longestLine)
}
