import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { watchPage } from '../../../main/desktop/watch-page.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** `share`: of a processor, that the page's process gets. */
function watched(of: { lateMs?: number; share?: number | null } = {}) {
  const { share = 1 } = of
  const page = { hangs: false, loads: false, asked: 0, hung: [] as number[] }
  let lost = 0
  const clock = (): number => Date.now() + lost
  const watch = watchPage(
    {
      // A machine that is late lets both wait.
      executeJavaScriptInIsolatedWorld: () => {
        lost += of.lateMs ?? 0
        page.asked += 1
        return page.hangs ? new Promise(() => undefined) : Promise.resolve(0)
      },
      isDestroyed: () => false,
      isLoading: () => page.loads,
    },
    () => page.hung.push(Date.now()),
    { now: clock, cpu: () => (share === null ? null : Date.now() * share) },
  )
  onTestFinished(() => watch.stop())
  return Object.assign(page, { touch: () => watch.touch() })
}

test('a page that replies is left alone', async () => {
  const page = watched()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(page.hung).toEqual([])
})

test('one that hangs is noticed within 1.5 seconds, so that it is back within two', async () => {
  const page = watched()
  await vi.advanceTimersByTimeAsync(60_000)
  page.hangs = true
  page.touch()
  const from = Date.now()
  await vi.advanceTimersByTimeAsync(2000)
  expect(page.hung).toHaveLength(1)
  expect((page.hung[0] ?? 0) - from).toBeLessThanOrEqual(1500)
})

test('one that nobody uses is asked nothing, until the next key', async () => {
  const page = watched()
  await vi.advanceTimersByTimeAsync(20_000)
  const { asked } = page
  page.hangs = true
  await vi.advanceTimersByTimeAsync(600_000)
  expect(page).toMatchObject({ asked, hung: [] })
  page.touch()
  await vi.advanceTimersByTimeAsync(2000)
  expect(page.hung).toHaveLength(1)
})

test('one that is being loaded is left alone', async () => {
  const page = watched()
  page.hangs = true
  page.loads = true
  await vi.advanceTimersByTimeAsync(60_000)
  expect(page.hung).toEqual([])
})

test('one that hangs again and again is given more time each time, so that a slow one is not ended for ever', async () => {
  const page = watched()
  page.hangs = true
  for (let second = 0; second < 60; second += 5) {
    page.touch()
    await vi.advanceTimersByTimeAsync(5000)
  }
  const gaps = page.hung.slice(1).map((at, index) => at - (page.hung[index] ?? 0))
  expect(gaps.length).toBeGreaterThan(2)
  for (const [index, gap] of gaps.slice(1).entries()) expect(gap).toBeGreaterThan(gaps[index] ?? 0)
})

test('a machine that is late itself says nothing about the page', async () => {
  const page = watched({ lateMs: 900 })
  page.hangs = true
  await vi.advanceTimersByTimeAsync(1000)
  expect(page.hung).toEqual([])
})

test('one that other programs keep from running is given more time, and is noticed all the same', async () => {
  const page = watched({ share: 0.1 })
  page.hangs = true
  await vi.advanceTimersByTimeAsync(7000)
  expect(page.hung).toEqual([])
  await vi.advanceTimersByTimeAsync(3000)
  expect(page.hung).toHaveLength(1)
})

test('one that gets half of a processor is noticed once it has used as much as on a machine at rest', async () => {
  const page = watched({ share: 0.5 })
  const from = Date.now()
  page.hangs = true
  await vi.advanceTimersByTimeAsync(3000)
  expect((page.hung[0] ?? Infinity) - from).toBeLessThan(2500)
})

test('where the system does not say how long it ran, the time that passes counts', async () => {
  const page = watched({ share: null })
  page.hangs = true
  await vi.advanceTimersByTimeAsync(2000)
  expect(page.hung).toHaveLength(1)
})
