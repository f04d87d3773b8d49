import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  codeText,
  insertText,
  pasteText,
  pressKey,
  selected,
  visible,
  type CodeFieldRules,
  type CodeText,
} from '../../../renderer/components/code-field-edit.ts'
import type { KeyFacts } from '../../../renderer/scanner/key-stroke.ts'

const rules: CodeFieldRules = { maxLength: 32, allows: (char) => char >= ' ' && char <= '~' }

function key(name: string, more: Partial<KeyFacts> = {}): KeyFacts {
  return {
    type: 'keydown',
    timeStamp: 0,
    code: /^[a-z]$/iu.test(name) ? `Key${name.toUpperCase()}` : '',
    key: name,
    keyCode: 0,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    repeat: false,
    isComposing: false,
    getModifierState: () => false,
    ...more,
  }
}

function press(from: CodeText, ...names: readonly string[]): CodeText {
  return names.reduce((state, name) => pressKey(state, key(name), rules) ?? state, from)
}

describe('typing into a code field', () => {
  test('inserts characters at the caret', () => {
    expect(press(codeText('13'), 'ArrowLeft', '2').text).toBe('123')
    expect(press(codeText('23'), 'Home', '1', 'End', '4').text).toBe('1234')
  })

  test('deletes before and behind the caret', () => {
    expect(press(codeText('123'), 'Backspace').text).toBe('12')
    expect(press(codeText('123'), 'Home', 'Delete').text).toBe('23')
    expect(press(codeText('123'), 'Home', 'Backspace').text).toBe('123')
  })

  test('replaces the selection', () => {
    const all = pressKey(codeText('123'), key('a', { ctrlKey: true }), rules) ?? codeText('')
    expect(selected(all)).toBe('123')
    expect(press(all, '9').text).toBe('9')
    const left = pressKey(codeText('123'), key('ArrowLeft', { shiftKey: true }), rules)
    expect(left && selected(left)).toBe('3')
  })

  test('turns full-width digits into plain ones, and reads a key that an input method took as the key itself', () => {
    expect(press(codeText(''), '１').text).toBe('1')
    const taken = key('Process', { code: 'KeyW', keyCode: 229 })
    expect(pressKey(codeText(''), taken, rules)?.text).toBe('w')
  })

  test('leaves other keys to the page', () => {
    for (const name of ['Tab', 'Escape', 'F2', 'Shift']) {
      expect(pressKey(codeText('1'), key(name), rules)).toBeNull()
    }
    expect(pressKey(codeText('1'), key('v', { ctrlKey: true }), rules)).toBeNull()
  })

  test('accepts neither too many characters nor those that are not allowed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (first, second) => {
        const { text, caret } = insertText(insertText(codeText(''), first, rules), second, rules)
        expect(text.length).toBeLessThanOrEqual(32)
        expect(Array.from(text).every(rules.allows)).toBe(true)
        expect(caret).toBe(text.length)
      }),
    )
  })
})

describe('pasting', () => {
  test('keeps what fits and tells what does not', () => {
    const { next, leftOut } = pasteText(codeText(''), 'ABC–12345\u200B', rules)
    expect(next.text).toBe('ABC12345')
    expect(leftOut).toEqual({ refused: ['–', '\u200B'], tooMany: 0 })
    expect(leftOut?.refused.map((char) => visible(char))).toEqual(['–', 'U+200B'])
  })

  test('tells how much was too long', () => {
    const { next, leftOut } = pasteText(codeText('12'), '3'.repeat(40), rules)
    expect(next.text).toHaveLength(32)
    expect(leftOut).toEqual({ refused: [], tooMany: 10 })
  })

  test('tells nothing when all of it fits, full-width digits too', () => {
    expect(pasteText(codeText(''), '１２３', rules)).toEqual({
      next: codeText('123'),
      leftOut: null,
    })
  })

  test('loses nothing of any text untold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const { next, leftOut } = pasteText(codeText(''), text, rules)
        const isWhole = next.text.length === Array.from(text).length
        expect(leftOut === null).toBe(isWhole)
      }),
    )
  })
})
