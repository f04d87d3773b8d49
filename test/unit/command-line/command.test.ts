import { expect, test } from 'vitest'
import { readCommand } from '../../../main/command-line/command.ts'

test.each([
  [['docter']],
  [['Doctor', '--json']],
  [['please', 'doctor']],
  [['doctor', 'now']],
  [['doctor', '--jsno']],
  [['status', '--file', 'x']],
  [['provision']],
  [['--mode=training', 'starten']],
  [['诊断']],
])('%j is not understood', (argv) => {
  expect(readCommand(argv)).toMatchObject({ ok: false, error: { code: 'bad-usage' } })
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
