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

test('the tally has the counts of the reports', () => {
  const vitest = report({ numPassedTests: 7, numFailedTests: 2 })
  expect(fromReport(vitest, 1, vitestCounts)).toEqual({ passed: 7, failed: 2 })
  const playwright = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 } })
  expect(fromReport(playwright, 1, playwrightCounts)).toEqual({ passed: 3, failed: 2 })
})

test('a runner that fails without a failed test counts as one failure', () => {
  const file = report({ numPassedTests: 7, numFailedTests: 0 })
  expect(fromReport(file, 1, vitestCounts)).toEqual({ passed: 7, failed: 1 })
})

test('a runner that leaves no report counts as one failure', () => {
  expect(fromReport(path.join(folder, 'none.json'), 0, vitestCounts)).toEqual({
    passed: 0,
    failed: 1,
  })
})
