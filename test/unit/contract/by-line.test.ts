import { expect, test } from 'vitest'
import { byLineOf } from '../../../main/contract/by-line.ts'
import { changeText } from '../../../main/contract/shift-report-text.ts'
import { wordsOn } from '../../../main/contract/words/on-platform.ts'

test.each([
  // The rules of the till, in no language.
  ['offline policy', 'policy', 'no-connection', { name: null, why: null, reason: 'no-connection' }],
  [
    'offline policy',
    'offline-not-accepted',
    'offline-not-accepted',
    { name: null, why: null, reason: null },
  ],
  ['hold', 'hold-ended', 'hold-ended', { name: null, why: null, reason: null }],
  // People, in their own words.
  ['王店长', 'shift-ended', 'shift-ended', { name: '王店长', why: null, reason: null }],
  ['王店长', 'ordered', '顾客取消订单', { name: '王店长', why: '顾客取消订单', reason: null }],
  [null, null, null, { name: null, why: null, reason: null }],
])('%s, %s, %s', (by, how, why, line) => {
  expect(byLineOf({ by, how, why })).toEqual(line)
})

test.each([
  ['hold', '尾号 0001 取消'],
  ['-', '尾号 0001 取消'],
  ['王店长', '尾号 0001 取消（王店长）'],
])('on paper what %s did is told in words', (by, text) => {
  const change = { at: 0, codeTail: '0001', event: 'cancelled', by }
  expect(changeText(change, wordsOn('linux')['zh-CN'])).toBe(text)
})
