import { beforeEach, expect, test } from 'vitest'
import type { Person, StaffView } from '../../../main/contract/staff.ts'
import type { Actor } from '../../../main/shop/session.ts'
import { createShifts, type Shifts } from '../../../main/shop/shifts.ts'
import { nothingCounted, shiftsInMemory } from '../../support/shop-fixture.ts'

const nothingOpen = { count: 0, fen: 0, unknown: 0 }
let now = 0
let open = nothingOpen
let shifts: Shifts
let closed: string[] = []
/** What is open once the held coupons were released; `null`: as before. */
let afterRelease: typeof nothingOpen | null = null
let staff: readonly StaffView[] = []

beforeEach(() => {
  now = 1_000_000
  open = nothingOpen
  closed = []
  afterRelease = null
  staff = [owner, supervisor, cashier]
  shifts = createShifts({
    store: shiftsInMemory(),
    clock: () => now,
    staff: () => staff,
    unsettled: () => open,
    figures: () => nothingCounted,
    onClosing(by) {
      closed.push(by)
      open = afterRelease ?? open
    },
    onChanged: () => undefined,
  })
})

const owner = { id: '1', name: '王芳', role: 'owner' } as const
const supervisor = { id: '2', name: '李强', role: 'supervisor' } as const
const cashier = { id: '3', name: '小陈', role: 'cashier' } as const

function as(person: Person): Actor {
  return { name: person.name, person }
}

const nobody = { handTo: null, note: '' }

test('there is one shift at a time, opened and closed by a person', () => {
  expect(shifts.close('小陈', nobody)).toEqual({ ok: false, error: { code: 'none-open' } })
  expect(shifts.open('小陈').ok).toBe(true)
  expect(shifts.open('李强')).toEqual({ ok: false, error: { code: 'already-open' } })
  now += 1000
  expect(shifts.close('小陈', nobody)).toMatchObject({ value: { closedBy: '小陈', closedAt: now } })
  expect(shifts.state()).toEqual({ current: null, toAcknowledge: null })
  // Called once, and not by the order that closed no shift: held coupons are released.
  expect(closed).toEqual(['小陈'])
  expect(shifts.open('李强').ok).toBe(true)
})

test('what goes back to waiting customers when the shift closes is not handed on', () => {
  shifts.open('小陈')
  open = { count: 11, fen: 0, unknown: 11 }
  expect(shifts.close('小陈', nobody).ok).toBe(false)
  expect(closed).toEqual([])
  afterRelease = { count: 10, fen: 0, unknown: 10 }
  expect(shifts.close('小陈', { handTo: '李强', note: '' })).toMatchObject({
    value: { handedOn: { count: 10, unknown: 10, to: '李强' } },
  })
})

test('open redemptions are handed to a person by name, who acknowledges them before the next shift', () => {
  shifts.open('小陈')
  open = { count: 2, fen: 4000, unknown: 1 }
  expect(shifts.close('小陈', nobody)).toEqual({ ok: false, error: { code: 'name-successor' } })
  shifts.close('小陈', { handTo: '李强', note: '断网' })
  expect(shifts.open('李强')).toEqual({ ok: false, error: { code: 'acknowledge-first' } })
  expect(shifts.acknowledge(as(supervisor))).toMatchObject({
    value: { handedOn: { count: 2, fen: 4000, unknown: 1, to: '李强', acknowledgedBy: '李强' } },
  })
  expect(shifts.open('李强').ok).toBe(true)
  expect(shifts.acknowledge(as(supervisor))).toEqual({ ok: false, error: { code: 'none-open' } })
})

test('only the person named takes over what a shift left open', () => {
  shifts.open('小陈')
  open = { count: 2, fen: 4000, unknown: 1 }
  shifts.close('小陈', { handTo: '李强', note: '' })
  for (const other of [cashier, owner])
    expect(shifts.acknowledge(as(other))).toEqual({
      ok: false,
      error: { code: 'not-the-successor' },
    })
  expect(shifts.acknowledge(as(supervisor)).ok).toBe(true)
})

test('somebody else takes over where a supervisor agreed, and the next shift can begin', () => {
  shifts.open('小陈')
  open = { count: 2, fen: 4000, unknown: 1 }
  shifts.close('小陈', { handTo: '李强', note: '' })
  expect(shifts.takeOver(as(cashier))).toMatchObject({
    value: { handedOn: { to: '李强', acknowledgedBy: '小陈', acknowledgedAt: now } },
  })
  expect(shifts.takeOver(as(cashier))).toEqual({ ok: false, error: { code: 'none-open' } })
  expect(shifts.open('小陈').ok).toBe(true)
})

test('an owner takes over from a person who has left, and anybody where nobody signs in', () => {
  shifts.open('小陈')
  open = { count: 2, fen: 4000, unknown: 1 }
  shifts.close('小陈', { handTo: '李强', note: '' })
  staff = [owner, cashier]
  expect(shifts.acknowledge(as(cashier))).toEqual({
    ok: false,
    error: { code: 'not-the-successor' },
  })
  expect(shifts.acknowledge(as(owner)).ok).toBe(true)
  staff = []
  open = { count: 1, fen: 0, unknown: 0 }
  shifts.open('-')
  shifts.close('-', { handTo: '小张', note: '' })
  expect(shifts.acknowledge({ name: '-', person: null }).ok).toBe(true)
})

test('a shift does not end before it began, even when the clock was set back', () => {
  shifts.open('小陈')
  const began = now
  now -= 3_600_000
  expect(shifts.close('小陈', nobody)).toMatchObject({ value: { closedAt: began } })
})
