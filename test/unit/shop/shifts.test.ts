import { beforeEach, expect, test } from 'vitest'
import { createShifts, type Shifts } from '../../../main/shop/shifts.ts'
import { shiftsInMemory } from '../../support/shop-fixture.ts'

let now = 0
let open = { count: 0, fen: 0 }
let shifts: Shifts
let closed: string[] = []

beforeEach(() => {
  now = 1_000_000
  open = { count: 0, fen: 0 }
  closed = []
  shifts = createShifts({
    store: shiftsInMemory(),
    clock: () => now,
    unsettled: () => open,
    onClosed: (by) => closed.push(by),
    onChanged: () => undefined,
  })
})

const nobody = { handTo: null, note: '' }

test('there is one shift at a time, opened and closed by a person', () => {
  expect(shifts.close('小陈', nobody)).toEqual({ ok: false, error: 'none-open' })
  expect(shifts.open('小陈').ok).toBe(true)
  expect(shifts.open('李强')).toEqual({ ok: false, error: 'already-open' })
  now += 1000
  expect(shifts.close('小陈', nobody)).toMatchObject({ value: { closedBy: '小陈', closedAt: now } })
  expect(shifts.state()).toEqual({ current: null, toAcknowledge: null })
  // Called once, and not by the order that closed no shift: held coupons are released.
  expect(closed).toEqual(['小陈'])
  expect(shifts.open('李强').ok).toBe(true)
})

test('open redemptions are handed to a person by name, who acknowledges them before the next shift', () => {
  shifts.open('小陈')
  open = { count: 2, fen: 4000 }
  expect(shifts.close('小陈', nobody)).toEqual({ ok: false, error: 'name-successor' })
  shifts.close('小陈', { handTo: '李强', note: '断网' })
  expect(shifts.open('李强')).toEqual({ ok: false, error: 'acknowledge-first' })
  expect(shifts.acknowledge('李强')).toMatchObject({
    value: { handedOn: { count: 2, fen: 4000, to: '李强', acknowledgedBy: '李强' } },
  })
  expect(shifts.open('李强').ok).toBe(true)
  expect(shifts.acknowledge('李强')).toEqual({ ok: false, error: 'none-open' })
})

test('a shift does not end before it began, even when the clock was set back', () => {
  shifts.open('小陈')
  const began = now
  now -= 3_600_000
  expect(shifts.close('小陈', nobody)).toMatchObject({ value: { closedAt: began } })
})
