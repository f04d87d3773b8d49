import { expect, test } from 'vitest'
import { secondEnters } from '../../../renderer/components/use-second-enter.ts'

test('an Enter right after another is no second decision', () => {
  const isSecond = secondEnters()
  expect(isSecond('Enter', 1000)).toBe(false)
  expect(isSecond('Enter', 1180)).toBe(true)
  // Whoever goes on hammering has not read anything either.
  expect(isSecond('Enter', 1600)).toBe(true)
  expect(isSecond('Enter', 2200)).toBe(false)
})

test('after another key, or a pause, Enter is a decision again', () => {
  const isSecond = secondEnters()
  isSecond('Enter', 1000)
  expect(isSecond('7', 1050)).toBe(false)
  expect(isSecond('Enter', 1100)).toBe(false)
  expect(isSecond('Shift', 1150)).toBe(false)
  expect(isSecond('Enter', 1200)).toBe(true)
})
