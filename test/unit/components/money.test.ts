import { expect, test } from 'vitest'
import { faultOfYuan, isBegunSum } from '../../../renderer/format/money.ts'

test.each([
  ['128.5', null],
  ['1.', null],
  ['1000000', null],
  ['0', 'zero'],
  ['0.00', 'zero'],
  ['1000001', 'tooLarge'],
  ['1009998888', 'tooLarge'],
  ['1.234', 'form'],
  ['1.2.3', 'form'],
  ['.5', 'form'],
])('what is wrong with the total %s is %s', (text, fault) => {
  expect(faultOfYuan(text)).toBe(fault)
})

test('nothing is said while 0.05 is being typed', () => {
  expect(['', '0', '0.', '0.0'].every((text) => isBegunSum(text))).toBe(true)
  expect(['00', '0.00', '.', '1.234'].some((text) => isBegunSum(text))).toBe(false)
})
