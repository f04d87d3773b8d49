import { expect, test } from 'vitest'
import { readCommand } from '../../../main/command-line/command.ts'

test.each([
  [['docter']],
  [['Doctor', '--json']],
  [['please', 'doctor']],
  [['doctor', 'now']],
  [['doctor', '--jsno']],
  [['status', '--file', 'x']],
  [['provision', '--file', 'x', '--next=1']],
  [['--mode=training', 'starten']],
  [['诊断']],
])('%j is not understood', (argv) => {
  expect(readCommand(argv)).toMatchObject({ ok: false, error: { code: 'bad-usage' } })
})

test.each([
  [['provision'], 'missing', '--file'],
  [['provision', '--file'], 'missing', '--file'],
  [['provision', '--file', '--json'], 'missing', '--file'],
  [['status', '--json', 'extra'], 'bad-usage', 'extra'],
  [['status', '--jsno'], 'bad-usage', '--jsno'],
  [['status', '--json=1'], 'bad-usage', '--json'],
])('of %j, %s is said of %s alone', (argv, code, problem) => {
  // No sentence of Node's, which is English in every language.
  expect(readCommand(argv)).toEqual({ ok: false, error: { code, problem } })
})

test.each([[['version']], [['--version']], [['/opt/app', '--no-sandbox', '--version']]])(
  '%j asks for the version',
  (argv) => {
    expect(readCommand(argv)).toMatchObject({ ok: false, error: { code: 'version' } })
  },
)

test('a file may have the name of a command', () => {
  expect(readCommand(['status', '--output', 'version'])).toMatchObject({ ok: true })
})

test.each([[['help']], [['--help']], [['doctor', '-h']]])('%j asks for help', (argv) => {
  expect(readCommand(argv)).toMatchObject({ ok: false, error: { code: 'help' } })
})

test.each([[[]], [['--mode=training']], [['/opt/hexiao-till/app', '--no-sandbox']], [['.']]])(
  '%j opens the window',
  (argv) => {
    expect(readCommand(argv)).toBeNull()
  },
)

test('a command after switches and a path', () => {
  expect(readCommand(['/app', '--user-data-dir=/x', 'doctor', '--json'])).toMatchObject({
    ok: true,
    value: { name: 'doctor', json: true },
  })
})
