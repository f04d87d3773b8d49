import { describe, expect, test } from 'vitest'
import { createFocusReturn } from '../../../main/desktop/focus-return.ts'

/** A computer whose time the test moves on. `usedAt`: when somebody last touched keyboard or mouse. */
function computer(afterMs: number | null) {
  const state = { now: 0, usedAt: 0, raised: 0, look: null as (() => void) | null }
  const focusReturn = createFocusReturn({
    raise: () => (state.raised += 1),
    afterMs: () => afterMs,
    idleMs: () => state.now - state.usedAt,
    clock: () => state.now,
    every: (_ms, call) => {
      state.look = call
      return () => {
        state.look = null
      }
    },
  })
  const pass = (ms: number): void => {
    state.now += ms
    state.look?.()
  }
  return { state, focusReturn, pass }
}

describe('the small window takes the focus back', () => {
  test('after the time that is set', () => {
    const { state, focusReturn, pass } = computer(5000)
    focusReturn.blurred()
    pass(4999)
    expect(state.raised).toBe(0)
    pass(1)
    expect(state.raised).toBe(1)
  })

  test('not while somebody uses the other program', () => {
    const { state, focusReturn, pass } = computer(5000)
    focusReturn.blurred()
    for (let at = 0; at < 10; at += 1) {
      pass(4000)
      state.usedAt = state.now
    }
    expect(state.raised).toBe(0)
    pass(5000)
    expect(state.raised).toBe(1)
  })

  test('not at once when nobody has touched anything for long', () => {
    const { state, focusReturn, pass } = computer(5000)
    state.now = 60_000
    focusReturn.blurred()
    pass(500)
    expect(state.raised).toBe(0)
  })

  test('not where that is switched off, nor when the window has the focus already', () => {
    const off = computer(null)
    off.focusReturn.blurred()
    off.pass(60_000)
    expect(off.state.raised).toBe(0)

    const back = computer(5000)
    back.focusReturn.blurred()
    back.focusReturn.focused()
    back.pass(60_000)
    expect(back.state.raised).toBe(0)
  })
})
