import { expect, test } from 'vitest'
import { fitsIssuedCodes, overlap } from '../../../main/contract/code-template.ts'

const issued = '#'.repeat(22)

test.each([
  [issued, true],
  [`99${'#'.repeat(20)}`, true],
  ['?'.repeat(22), true],
  [`A${'#'.repeat(21)}`, false],
  [`@${'#'.repeat(21)}`, false],
  ['#'.repeat(21), false],
  ['', false],
])('%s takes WeChat Pay’s own codes: %s', (template, fits) => {
  expect(fitsIssuedCodes(template)).toBe(fits)
})

test.each([
  ['S###', 'S###', true],
  ['S###', '@1??', true],
  ['S###', 'T###', false],
  ['@@', '##', false],
  ['a#', 'A#', false],
  ['S##', 'S###', false],
])('%s and %s have codes in common: %s', (one, other, has) => {
  expect(overlap(one, other)).toBe(has)
  expect(overlap(other, one)).toBe(has)
})
