import { expect, test } from 'vitest'
import { runOnThread } from '../../../main/outside/thread.ts'

const program = new URL('../../support/greedy-worker.ts', import.meta.url)

function run(what: string, ms = 20_000) {
  return runOnThread(program, what, { ms, heapMb: 32 })
}

test('what is made is handed back', async () => {
  expect(await run('nothing')).toEqual({ ok: true, value: 'done' })
})

test('a thread that goes on and on is ended at its deadline, and this one runs on meanwhile', async () => {
  let beats = 0
  const heart = setInterval(() => (beats += 1), 10)
  expect(await run('spins', 800)).toEqual({ ok: false, error: { code: 'too-demanding' } })
  clearInterval(heart)
  // A thread that held this one up would leave it none, or one at its end.
  expect(beats).toBeGreaterThan(3)
})

test.each(['heap', 'stack'])('a thread that fills its %s is ended', async (what) => {
  expect(await run(what)).toEqual({ ok: false, error: { code: 'too-demanding' } })
})

test('a bug is thrown, and is no fault of the file', async () => {
  await expect(run('bug')).rejects.toThrow('a bug')
})
