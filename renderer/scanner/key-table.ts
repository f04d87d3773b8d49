import { hasCode, type KeyStroke } from './key-stroke.ts'

/** What a key types on a US keyboard, the layout that a scanner assumes unless it was configured otherwise. */
interface UsKey {
  readonly plain: string
  readonly shifted: string
}

const printable: Record<string, UsKey> = {
  Space: { plain: ' ', shifted: ' ' },
  Minus: { plain: '-', shifted: '_' },
  Equal: { plain: '=', shifted: '+' },
  BracketLeft: { plain: '[', shifted: '{' },
  BracketRight: { plain: ']', shifted: '}' },
  Backslash: { plain: '\\', shifted: '|' },
  Semicolon: { plain: ';', shifted: ':' },
  Quote: { plain: "'", shifted: '"' },
  Backquote: { plain: '`', shifted: '~' },
  Comma: { plain: ',', shifted: '<' },
  Period: { plain: '.', shifted: '>' },
  Slash: { plain: '/', shifted: '?' },
  NumpadAdd: { plain: '+', shifted: '+' },
  NumpadSubtract: { plain: '-', shifted: '-' },
  NumpadMultiply: { plain: '*', shifted: '*' },
  NumpadDivide: { plain: '/', shifted: '/' },
  NumpadDecimal: { plain: '.', shifted: '.' },
}
const shiftedDigits = ')!@#$%^&*('

const usKeys: ReadonlyMap<string, UsKey> = new Map([
  ...Object.entries(printable),
  ...'0123456789'.split('').flatMap((digit): [string, UsKey][] => [
    [`Digit${digit}`, { plain: digit, shifted: shiftedDigits.charAt(Number(digit)) }],
    [`Numpad${digit}`, { plain: digit, shifted: digit }],
  ]),
  ...'abcdefghijklmnopqrstuvwxyz'
    .split('')
    .map((letter): [string, UsKey] => [
      `Key${letter.toUpperCase()}`,
      { plain: letter, shifted: letter.toUpperCase() },
    ]),
])

export function usKey(code: string): UsKey | undefined {
  return usKeys.get(code)
}

const codesByChar: ReadonlyMap<string, string> = new Map(
  [...usKeys]
    .filter(([code]) => !code.startsWith('Numpad'))
    .flatMap(([code, { plain, shifted }]): [string, string][] => [
      [plain, code],
      [shifted, code],
    ]),
)

/** Returns the `code` of the key that types this character on a US keyboard, beside the number pad. */
export function codeOfChar(char: string): string | undefined {
  return codesByChar.get(char)
}

const modifierCodes = new Set([
  'ShiftLeft',
  'ShiftRight',
  'ControlLeft',
  'ControlRight',
  'AltLeft',
  'AltRight',
  'MetaLeft',
  'MetaRight',
  'CapsLock',
  'NumLock',
])
const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock'])

export function isModifier(stroke: Pick<KeyStroke, 'code' | 'key'>): boolean {
  return hasCode(stroke) ? modifierCodes.has(stroke.code) : modifierKeys.has(stroke.key)
}

/** Whether `event.key` is a character (of one or more code units) and not the name of a key. */
export function isOneCharacter(key: string): boolean {
  return /^.$/su.test(key)
}
