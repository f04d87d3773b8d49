import { expect, test } from 'vitest'
import { outcomeOf, type Told } from '../../shop-demo/outcome.ts'
import { words } from '../../shop-demo/words.ts'

function told(tillId: string, instruction: string): Told {
  return { tillId, instruction, tone: 'red', lines: ['held at T2 since 14:02'], waiting: 0 }
}

test('the demonstration tells one discount from two and from none, whenever a till said to give it', () => {
  expect(outcomeOf([told('T1', 'give'), told('T2', 'do-not-give'), told('T1', 'give')])).toBe(
    'one-gave',
  )
  expect(outcomeOf([told('T1', 'give'), told('T2', 'give')])).toBe('both-gave')
  // The second till took its word back, which the customer does not.
  expect(outcomeOf([told('T1', 'give'), told('T2', 'give'), told('T2', 'do-not-give')])).toBe(
    'both-gave',
  )
  expect(outcomeOf([told('T1', 'already-given'), told('T2', 'already-given')])).toBe('both-gave')
  expect(outcomeOf([told('T1', 'not-yet'), told('T2', 'do-not-give')])).toBe('none-gave')
})

test('it says a till’s line in both languages', () => {
  const read = told('T1', 'do-not-give')
  expect(words.en.till(read).trim()).toBe(
    'till T1: red · held at T2 since 14:02 · 0 waiting to be sent',
  )
  expect(words['zh-CN'].till(read).trim()).toBe(
    '收银台 T1：红 · held at T2 since 14:02 · 待发送 0 笔',
  )
})
