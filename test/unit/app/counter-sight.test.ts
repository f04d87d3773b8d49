import { expect, test, vi } from 'vitest'
import { createCounterSight } from '../../../main/app/counter-sight.ts'

test('the counter is in front while the page shows it and the window is not behind another', () => {
  const sight = createCounterSight()
  expect(sight.isInFront()).toBe(false)
  sight.pageShows(true)
  expect(sight.isInFront()).toBe(true)
  for (const place of ['behind', 'hidden'] as const) {
    sight.windowIs(place)
    expect(sight.isInFront()).toBe(false)
  }
  sight.windowIs('front')
  sight.pageShows(false)
  expect(sight.isInFront()).toBe(false)
})

test('who scans looks at the till, whatever has the keyboard; not at a minimised one', () => {
  const sight = createCounterSight()
  sight.windowIs('behind')
  sight.scanned()
  expect(sight.isInFront()).toBe(true)
  sight.windowIs('hidden')
  sight.scanned()
  expect(sight.isInFront()).toBe(false)
})

test('it is told once that the counter has come to the front', () => {
  const sight = createCounterSight()
  const came = vi.fn<() => void>()
  sight.onFront(came)
  sight.pageShows(true)
  sight.pageShows(true)
  sight.windowIs('behind')
  sight.windowIs('front')
  expect(came).toHaveBeenCalledTimes(2)
})
