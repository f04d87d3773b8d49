import { expect, test } from 'vitest'
import { hintOf } from '../../../renderer/tutorial/steps.ts'

const cut = { training: { network: 'cut' }, queue: { review: 0 }, recent: [] } as const
const up = { ...cut, training: { network: 'up' } } as const
const honoured = [{ state: 'pending', honoured: true }] as const

test('the practice says what to do anew where the network was restored too early', () => {
  expect(hintOf('cut', up)).toBeNull()
  expect(hintOf('amber', cut)).toBeNull()
  expect(hintOf('amber', up)).toBe('again.amber')
})

test('and where what was honoured was redeemed, so that nothing is left to decide', () => {
  expect(hintOf('restore', { ...cut, recent: honoured })).toBeNull()
  // Restored, and on its way.
  expect(hintOf('restore', { ...up, recent: honoured })).toBeNull()
  expect(hintOf('restore', { ...up, recent: [{ state: 'redeemed', honoured: true }] })).toBe(
    'again.restore',
  )
  expect(hintOf('restore', { ...up, queue: { review: 1 } })).toBeNull()
  expect(hintOf('review', up)).toBeNull()
})
