import { expect, test } from 'vitest'
import { isCommandName } from '../../../main/command-line/command.ts'
import { type Launch, refusedSwitches } from '../../../main/desktop/switches.ts'

function refused(argv: readonly string[], change: Partial<Launch> = {}): readonly string[] {
  return refusedSwitches({
    argv,
    isPackaged: true,
    isRoot: false,
    isInspected: false,
    isCommand: isCommandName,
    ...change,
  })
}

test.each([
  '--inspect',
  '--inspect=0',
  '--inspect-brk',
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '-remote-debugging-port=9222',
  '--REMOTE-DEBUGGING-PORT=9222',
  '--user-data-dir=/tmp/copied',
  '--no-sandbox',
  '--disable-web-security',
  '--load-extension=/tmp/x',
  '--ignore-certificate-errors',
  '--js-flags=--expose-gc',
  '--require=/tmp/x.js',
  '--log-net-log=/tmp/x',
  '--host-resolver-rules=MAP * 127.0.0.1',
])('a shop’s till does not start with %s', (word) => {
  expect(refused([word])).toEqual([word])
  expect(refused(['--lang=zh-CN', word, 'doctor'])).toEqual([word])
})

test.each([
  ['--lang=zh-CN', '--force-device-scale-factor=1.5', '--ozone-platform-hint=auto'],
  ['--mode=training', '--training-gateway=http://127.0.0.1:9'],
  ['doctor', '--json', '--output', 'report.json'],
  ['-psn_0_12345'],
  [],
])('it starts with %s', (...argv) => {
  expect(refused(argv)).toEqual([])
})

test('the sandbox is disabled only for root', () => {
  expect(refused(['--no-sandbox'], { isRoot: true })).toEqual([])
})

test('in development, and where Node’s inspector is enabled, every switch is accepted', () => {
  expect(refused(['--inspect=0'], { isPackaged: false })).toEqual([])
  expect(refused(['--user-data-dir=/tmp/x'], { isInspected: true })).toEqual([])
})
