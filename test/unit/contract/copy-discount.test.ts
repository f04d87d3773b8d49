import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOfCopyPattern, fillCopyPattern } from '../../../main/contract/copy-discount.ts'
import { ShopSettings } from '../../../main/contract/shop-settings.ts'

const known = {
  amount: '10.00',
  payable: '58.00',
  total: '68.00',
  code4: '0042',
  batch: '满50减10',
}

test.each([
  ['{amount}', '10.00'],
  ['券{code4} -{amount}', '券0042 -10.00'],
  ['{batch};{total};{payable}', '满50减10;68.00;58.00'],
  ['{amount} {amount}', '10.00 10.00'],
])('%s is %s', (pattern, text) => {
  expect(faultOfCopyPattern(pattern)).toBeNull()
  expect(fillCopyPattern(pattern, known)).toBe(text)
})

test.each([
  ['', 'no-sum'],
  ['{code4}', 'no-sum'],
  // The order's total is no discount.
  ['{total}', 'no-sum'],
  ['{amount} {Amount}', 'unknown-field'],
  ['{amount} {constructor}', 'unknown-field'],
  ['{{amount}}', 'unknown-field'],
  ['{amount', 'unknown-field'],
  ['{amount}\n', 'unprintable'],
  ['{amount}\t', 'unprintable'],
  ['{amount}\u2028', 'unprintable'],
  ['{amount}\u202e', 'unprintable'],
  [`{amount}${'x'.repeat(73)}`, 'too-long'],
])('%j cannot be used: %s', (pattern, fault) => {
  expect(faultOfCopyPattern(pattern)).toBe(fault)
  const copyDiscount = { when: 'always', pattern }
  expect(ShopSettings.safeParse({ copyDiscount }).success).toBe(false)
})

test('nothing is copied by default', () => {
  expect(ShopSettings.parse({}).copyDiscount).toEqual({ when: 'never', pattern: '{amount}' })
})

test('where something is not known there is no text at all', () => {
  expect(fillCopyPattern('{amount} {payable}', { ...known, payable: null })).toBeNull()
})

test("a batch's name acts as no key, and names no field", () => {
  const batch = '减10\r\n\u0000{payable}\u202e 元'
  expect(fillCopyPattern('{amount} {batch}', { ...known, batch })).toBe('10.00 减10 {payable} 元')
})

test('whatever the pattern, a text has no line break', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ unit: 'binary' }), (rest, batch) => {
      const pattern = `{amount}{batch}${rest}`
      const isUsable = faultOfCopyPattern(pattern) === null
      const text = isUsable ? fillCopyPattern(pattern, { ...known, batch }) : ''
      expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
    }),
  )
})
