import { expect, test } from 'vitest'
import { codeLengthsOf } from '../../../main/contract/code-template.ts'
import { fitsLength } from '../../../renderer/screens/till/typed-code.ts'

const forms = { codeLengths: codeLengthsOf(['VIP####', 'JIAN####']), prefixes: ['Q:'] }

test('a code can have the length of any of the shop’s forms, and of WeChat Pay’s own', () => {
  expect(forms.codeLengths).toEqual([7, 8, 22])
  expect(fitsLength('1'.repeat(22), forms)).toBe(true)
  expect(fitsLength(' VIP0001 ', forms)).toBe(true)
  expect(fitsLength('1'.repeat(14), forms)).toBe(false)
  expect(fitsLength('1'.repeat(23), forms)).toBe(false)
})

test('what surrounds a code does not count', () => {
  expect(fitsLength(`Q:${'1'.repeat(22)}`, forms)).toBe(true)
  expect(fitsLength('Q:VIP001', forms)).toBe(true)
  expect(fitsLength('Q:VIP', forms)).toBe(false)
  expect(fitsLength('https://example.com/?code=1', forms)).toBe(true)
})
