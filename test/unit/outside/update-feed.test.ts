import { describe, expect, test } from 'vitest'
import { maxFeedBytes, readUpdateFeed } from '../../../main/updates/update-feed.ts'
import { cpuTimeOf } from '../../support/cpu-time.ts'

function withNotes(notes: string): string {
  return `version: 1.10.0\nfiles:\n  - url: a.exe\n    sha512: AAAA\nreleaseNotes:${notes}\nreleaseDate: '2026-11-23T00:00:00.000Z'\n`
}

// As js-yaml writes them, which electron-builder uses.
test.each([
  [' |\n  Faster.\n  Better.', 'Faster.\nBetter.\n'],
  [' one line', 'one line'],
  [" 'a: b'", 'a: b'],
  [' |2-\n    leading\n  x', '  leading\nx'],
  [' |+\n  trail\n\n', 'trail\n\n\n'],
  [" ''", ''],
  [' it\'s "q"', 'it\'s "q"'],
  [" 'it''s'", "it's"],
  [' >-\n  one\n  two\n\n  three', 'one two\n\nthree'],
  [' "a\\r\\nb"', 'a\r\nb'],
  [' |-\n  新版本\n  修复', '新版本\n修复'],
  [' |-\n\n\n  first empty', '\n\nfirst empty'],
  [' null', ''],
  ["\n  - version: '1'\n    note: hello", ''],
  [' |\r\n  Windows.\r', 'Windows.\n'],
])('the notes %j', (written, read) => {
  expect(readUpdateFeed(withNotes(written))).toEqual({ version: '1.10.0', notes: read })
})

test('a note cannot pass itself off as the version, and a version is one', () => {
  expect(readUpdateFeed(withNotes(' |\n  version: 9.9.9'))?.version).toBe('1.10.0')
  for (const text of [
    '',
    'version:',
    'version: newest',
    ' version: 1.2.3',
    '<html>',
    '"version": 1',
  ])
    expect(readUpdateFeed(text)).toBeNull()
  expect(readUpdateFeed("version: '2.0.0-beta.1'")?.version).toBe('2.0.0-beta.1')
})

// `{` 32,000 times takes the yaml package eight minutes.
describe('takes no time for the longest text there can be', () => {
  test.each([
    '{',
    '[',
    '- ',
    '? ',
    '"\\',
    'a:\n',
    '\n',
    ' ',
    "'",
    '|\n',
    'releaseNotes: |\n ',
    '&a *a ',
  ])('%j', (piece) => {
    const text = `version: 1.2.3\nreleaseNotes: >+\n ${piece.repeat(maxFeedBytes / piece.length)}x`
    expect(cpuTimeOf(() => readUpdateFeed(text))).toBeLessThan(1000)
  })
})
