import { expect, test } from 'vitest'
import type { ReviewAction, ReviewEntry } from '../../../main/contract/snapshot.ts'
import { groupEntries, actionWording } from '../../../renderer/screens/review/review-words.ts'

function entry(
  useRequestNo: string,
  of: ReviewEntry['case'],
  actions: readonly ReviewAction[],
  reason: ReviewEntry['redemption']['reason'] = 'used-elsewhere',
): ReviewEntry {
  const redemption = {
    useRequestNo,
    codeTail: '0001',
    state: 'review',
    honoured: false,
    given: null,
    isReleased: false,
    reason,
    source: 'scanned',
    attempts: 2,
    recordedAt: 1,
    settledAt: 2,
    stock: null,
  } as const
  const wasGiven = of.endsWith('-given')
  return { redemption, case: of, actions: [...actions], wasGiven, givenFen: null, uncertain: true }
}

test('entries of the same case and reason form one group, and groups with a discount given come first', () => {
  const groups = groupEntries([
    entry('1', 'perhaps-ours', ['return', 'confirmed']),
    entry('2', 'refused-given', ['loss']),
    entry('3', 'perhaps-ours', ['return', 'confirmed']),
    entry('4', 'refused-given', ['loss', 'send-again'], 'outside-validity'),
  ])
  expect(
    groups.map(({ entries }) => entries.map(({ redemption }) => redemption.useRequestNo)),
  ).toEqual([['2'], ['4'], ['1', '3']])
})

test('a group offers only the actions that fit each of its entries', () => {
  const [group] = groupEntries([
    entry('1', 'no-result', ['look-up', 'send-again', 'not-redeemed'], 'service-error'),
    entry('2', 'no-result', ['send-again', 'not-redeemed'], 'service-error'),
  ])
  expect(group?.actions).toEqual(['send-again', 'not-redeemed'])
})

test('a decision is worded by the question that its case asks', () => {
  expect(actionWording('perhaps-ours', 'confirmed')).toBe('had-discount')
  expect(actionWording('return-open', 'confirmed')).toBe('still-redeemed')
  expect(actionWording('perhaps-ours-given', 'confirmed')).toBe('confirmed')
  expect(actionWording('refused-given', 'loss')).toBe('loss')
})
