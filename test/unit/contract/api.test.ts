import { expect, test } from 'vitest'
import { events, requests } from '../../../main/contract/api.ts'
import { eventNames, requestNames } from '../../../main/contract/channels.ts'

// The preload knows the names alone; a channel in one list and not in the other could not be called or would be open.
test('names and schemas list the same channels', () => {
  expect([...requestNames].toSorted()).toEqual(Object.keys(requests).toSorted())
  expect([...eventNames].toSorted()).toEqual(Object.keys(events).toSorted())
})

test('a redeem request takes a payload of 1 to 256 characters and nothing besides', () => {
  const { input } = requests['till.redeem']
  expect(input.safeParse({ payload: 'x'.repeat(256), source: 'scanned' }).success).toBe(true)
  expect(input.safeParse({ payload: 'x'.repeat(257), source: 'scanned' }).success).toBe(false)
  expect(input.safeParse({ payload: '', source: 'scanned' }).success).toBe(false)
  expect(input.safeParse({ payload: 'x', source: 'scanned', useRequestNo: '1' }).success).toBe(
    false,
  )
})
