import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fromReport, playwrightCounts, vitestCounts } from '../../../build/test/tally.ts'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tally-'))
})
afterEach(() => {
  fs.rmSync(folder, { recursive: true })
})

function report(content: unknown): string {
  const file = path.join(folder, 'report.json')
  fs.writeFileSync(file, JSON.stringify(content))
  return file
}

function spec(title: string, status: string, errors: readonly { message: string }[]) {
  return { file: 'till.spec.ts', title, tests: [{ status, results: [{ errors }] }] }
}

test('the tally has the counts of the reports, and names what failed', () => {
  const vitest = report({
    numPassedTests: 7,
    numFailedTests: 1,
    testResults: [
      {
        name: '/project/test/unit/queue.test.ts',
        assertionResults: [
          { fullName: 'it sends', status: 'passed', failureMessages: [] },
          {
            fullName: 'it waits',
            status: 'failed',
            failureMessages: ['Error: too soon\n    at x'],
          },
        ],
      },
    ],
  })
  expect(fromReport(vitest, 1, vitestCounts)).toEqual({
    passed: 7,
    failed: 1,
    failures: ['queue.test.ts › it waits: Error: too soon'],
  })
  const playwright = report({
    stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 },
    suites: [
      {
        specs: [spec('passes', 'expected', []), spec('fails', 'unexpected', [{ message: 'red' }])],
        suites: [{ specs: [spec('flickers', 'flaky', [{ message: '\u001B[31mno\u001B[39m' }])] }],
      },
    ],
  })
  expect(fromReport(playwright, 1, playwrightCounts)).toEqual({
    passed: 3,
    failed: 2,
    failures: ['till.spec.ts › fails: red', 'till.spec.ts › flickers: no'],
  })
})

test('a runner that fails without a failed test counts as one failure', () => {
  const file = report({ numPassedTests: 7, numFailedTests: 0, testResults: [] })
  expect(fromReport(file, 1, vitestCounts)).toEqual({
    passed: 7,
    failed: 1,
    failures: ['report: exit code 1'],
  })
})

test('a runner that leaves no report counts as one failure', () => {
  expect(fromReport(path.join(folder, 'none.json'), 0, vitestCounts)).toEqual({
    passed: 0,
    failed: 1,
    failures: ['none: left no report'],
  })
})
