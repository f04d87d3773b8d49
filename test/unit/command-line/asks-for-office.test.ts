import { expect, test } from 'vitest'
import { asksForOffice } from '../../../main/command-line/asks-for-office.ts'

test.each([
  [['office']],
  [['--no-sandbox', '/opt/project', '--user-data-dir=/tmp/x', 'office']],
  [['--office']],
])('%j is the head office', (argv) => {
  expect(asksForOffice(argv)).toBe(true)
})

test.each([[[]], [['/home/office']], [['provision', '--file', 'office']], [['pos', 'office']]])(
  '%j is not',
  (argv) => {
    expect(asksForOffice(argv)).toBe(false)
  },
)
