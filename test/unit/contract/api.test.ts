import { expect, test } from 'vitest'
import { requests } from '../../../main/contract/api.ts'

test('a redeem request accepts a payload of 1 to 256 characters and no other fields', () => {
  const { input } = requests['counter.redeem']
  expect(input.safeParse({ payload: 'x'.repeat(256), source: 'scanned' }).success).toBe(true)
  expect(input.safeParse({ payload: 'x'.repeat(257), source: 'scanned' }).success).toBe(false)
  expect(input.safeParse({ payload: '', source: 'scanned' }).success).toBe(false)
  expect(input.safeParse({ payload: 'x', source: 'scanned', useRequestNo: '1' }).success).toBe(
    false,
  )
})
